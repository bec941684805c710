import numpy as np
import pytest
from PIL import Image

from glyphspace.core.errors import BadInput
from glyphspace.core.pictures import save_png


@pytest.mark.parametrize("shape", [(3, 5), (3, 5, 3)])
def test_pixels_come_back_exactly(tmp_path, shape):
    pixels = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    save_png(tmp_path / "new/picture.png", pixels)
    assert (np.asarray(Image.open(tmp_path / "new/picture.png")) == pixels).all()


@pytest.mark.parametrize("shape", [(3, 5, 2), (3, 5, 5), (3, 5, 3, 1), (0, 5)])
def test_other_shapes_are_refused(tmp_path, shape):
    with pytest.raises(BadInput, match="a picture has the shape"):
        save_png(tmp_path / "picture.png", np.zeros(shape, np.uint8))


def test_unwritable_place_is_refused_and_nothing_is_left(tmp_path):
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(BadInput, match="cannot write"):
        save_png(tmp_path / "folder.png", np.zeros((2, 2), np.uint8))
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]


def test_another_ending_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(BadInput, match=r"must end in \.png"):
        save_png(tmp_path / "picture.jpg", np.zeros((2, 2), np.uint8))
    assert not list(tmp_path.iterdir())
