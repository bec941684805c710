import io

import numpy as np
import pytest
from PIL import Image

from glyphspace.core.errors import BadInput
from glyphspace.figures.evolution import evolution_gif, evolution_rows
from glyphspace.figures.grids import image_grid


def test_each_row_is_named_by_its_epoch(digits: np.ndarray) -> None:
    (axes,) = evolution_rows([digits[:10], digits[10:20], digits[20:]], ["epoch 0", "epoch 1", "epoch 2"]).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["epoch 0", "epoch 1", "epoch 2"]
    low, high = axes.get_ylim()[::-1]
    assert axes.get_yticks() == pytest.approx(low + (high - low) * (np.arange(3) + 0.5) / 3)


@pytest.mark.parametrize("palette", ["chalk", "ink"])
def test_a_gif_shows_each_sheet_in_turn_and_for_ever(digits: np.ndarray, palette: str) -> None:
    sheets = [image_grid(digits[start : start + 12], 6, palette=palette) for start in (0, 6, 12)]
    movie = Image.open(io.BytesIO(evolution_gif(sheets, ["epoch 0", "epoch 1", "epoch 2"])))
    assert movie.n_frames == 3
    assert movie.info["loop"] == 0
    for number, sheet in enumerate(sheets):
        movie.seek(number)
        shown = np.asarray(movie.convert("L"))[: len(sheet)].astype(int)
        assert np.abs(shown - sheet).max() <= 9  # half a step of 16 greys


def test_the_bar_of_a_gif_grows(digits: np.ndarray) -> None:
    sheet = image_grid(digits, 10, palette="ink")
    movie = Image.open(io.BytesIO(evolution_gif([sheet] * 4, ["a", "b", "c", "d"])))
    dark = []
    for number in range(4):
        movie.seek(number)
        dark.append(int((np.asarray(movie.convert("L"))[len(sheet) :, 60:] < 40).sum()))
    assert dark == sorted(set(dark))


def test_the_end_of_a_gif_is_held(digits: np.ndarray) -> None:
    sheets = [image_grid(digits[start : start + 4], 4) for start in range(8)]
    movie = Image.open(io.BytesIO(evolution_gif(sheets, [str(number) for number in range(8)])))
    movie.seek(6)
    before = movie.info["duration"]
    movie.seek(7)
    assert movie.info["duration"] > 2 * before


def test_one_frame_is_an_evolution_too(digits: np.ndarray) -> None:
    assert evolution_gif([image_grid(digits, 6)], ["epoch 0"]).startswith(b"GIF89a")


def test_frames_of_different_latents_are_refused(digits: np.ndarray) -> None:
    with pytest.raises(BadInput, match="differ in size"):
        evolution_rows([digits[:3], digits[:4]], ["epoch 0", "epoch 1"])


def test_no_frames_are_refused() -> None:
    with pytest.raises(BadInput, match="0 frames with 0 captions"):
        evolution_gif([], [])
