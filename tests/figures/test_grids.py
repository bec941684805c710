import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.figures.grids import image_grid, labelled_grid
from glyphspace.figures.save import to_svg


@given(
    n=st.integers(1, 9),
    columns=st.integers(1, 5),
    scale=st.integers(1, 3),
    padding=st.integers(0, 3),
    seed=st.integers(0, 99),
)
def test_every_image_is_found_whole_in_its_place(n: int, columns: int, scale: int, padding: int, seed: int) -> None:
    images = np.random.default_rng(seed).integers(0, 256, (n, 28, 28), dtype=np.uint8)
    sheet = image_grid(images, columns, scale, padding)
    cell = 28 + 2 * padding
    assert sheet.shape == (-(-n // columns) * cell * scale, columns * cell * scale)
    for index, image in enumerate(images):
        top, left = (index // columns) * cell + padding, (index % columns) * cell + padding
        place = sheet[top * scale : (top + 28) * scale, left * scale : (left + 28) * scale]
        assert (place == image.repeat(scale, 0).repeat(scale, 1)).all()


def test_ink_is_the_negative_of_chalk(digits: np.ndarray) -> None:
    assert (image_grid(digits, 7, palette="ink") == 255 - image_grid(digits, 7, palette="chalk")).all()


def test_places_left_over_are_ground(digits: np.ndarray) -> None:
    assert (image_grid(digits[:3] | 1, 2, scale=1, padding=0, palette="ink")[28:, 28:] == 255).all()


def test_an_unknown_palette_suggests_the_nearest(digits: np.ndarray) -> None:
    with pytest.raises(UnknownName, match="did you mean chalk"):
        image_grid(digits, 2, palette="chak")


def test_no_images_are_refused_in_one_line() -> None:
    with pytest.raises(BadInput, match="0 images in 3 columns"):
        image_grid(np.zeros((0, 28, 28), dtype=np.uint8), 3)


def test_each_image_has_its_caption(digits: np.ndarray) -> None:
    figure = labelled_grid(digits, [f"{index}" for index in range(30)], 8)
    assert [text.get_text() for text in figure.axes[0].texts] == [f"{index}" for index in range(30)]


def test_images_are_kept_pixel_by_pixel(digits: np.ndarray) -> None:
    assert "image-rendering:pixelated" in to_svg(labelled_grid(digits[:4], ["a"] * 4, 4))


def test_a_missing_caption_is_refused(digits: np.ndarray) -> None:
    with pytest.raises(BadInput, match="30 images need as many captions, not 1"):
        labelled_grid(digits, ["7"], 8)


def test_channels_of_stacked_images_are_side_by_side(digits: np.ndarray) -> None:
    stacked = digits[:12].reshape(4, 3, 28, 28)
    sheet = image_grid(stacked, 2, scale=1, padding=0)
    assert sheet.shape == (2 * 28, 2 * 84)
    assert (sheet[28:, :28] == digits[6]).all() and (sheet[:28, 140:] == digits[5]).all()
    assert len(labelled_grid(stacked, ["123"] * 4, 2).axes[0].texts) == 4
