import io
import shutil
import sys

import numpy as np
import pytest
from PIL import Image

from glyphspace.core.errors import BadInput, Unavailable
from glyphspace.figures.film import gif, mp4


def pages(count: int = 5) -> list[np.ndarray]:
    return [np.full((31, 45), 50 * number, dtype=np.uint8) for number in range(count)]


def test_a_film_goes_there_and_back_without_end() -> None:
    with Image.open(io.BytesIO(gif(pages()))) as film:
        assert film.info["loop"] == 0 and film.size == (45, 31)
        shades, milliseconds = [], []
        for frame in range(film.n_frames):
            film.seek(frame)
            shades.append(film.convert("L").getpixel((5, 5)))
            milliseconds.append(film.info["duration"])
    assert shades == pytest.approx([0, 50, 100, 150, 200, 150, 100, 50], abs=9)
    assert milliseconds[0] > 3 * milliseconds[1] and milliseconds[4] > 3 * milliseconds[1]


def test_a_film_of_one_page_stands_still() -> None:
    assert gif(pages(1)).startswith(b"GIF8")


def test_pages_that_are_no_film_are_refused() -> None:
    for wrong in ([], [np.zeros((3, 3), np.uint8), np.zeros((4, 3), np.uint8)]):
        with pytest.raises(BadInput):
            gif(wrong)


def test_an_mp4_without_ffmpeg_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(Unavailable, match=r"pip install 'glyphspace\[video\]'") as caught:
        mp4(pages())
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="there is no ffmpeg here")
def test_an_mp4_is_one() -> None:
    assert mp4(pages())[4:8] == b"ftyp"


def test_an_ffmpeg_that_fails_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "false")
    with pytest.raises(Unavailable, match="take a GIF"):
        mp4(pages())
