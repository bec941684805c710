import string

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.matrix import matrix
from glyphspace.figures.save import to_png


def opacity(values: np.ndarray) -> np.ndarray:
    names = list(string.ascii_letters)
    figure = matrix(values, names[: len(values)], names[: values.shape[1]], "row", "column")
    to_png(figure, dpi=40)
    return np.asarray(figure.axes[0].images[0].get_array())[::16, ::16, 3]


def test_shades_rise_with_the_values() -> None:
    assert (opacity(np.array([[0, 1, 2], [3, 4, 5]])) == np.array([[13, 61, 110], [158, 207, 255]])).all()


def test_what_is_not_known_is_left_empty() -> None:
    assert opacity(np.array([[0.5, np.nan], [1.0, 0.0]]))[0, 1] == 0


@pytest.mark.parametrize("values", [np.zeros((2, 3)), np.full((2, 2), np.nan)])
def test_a_matrix_without_differences_is_drawn(values: np.ndarray) -> None:
    assert len(set(opacity(values).ravel())) == 1


def test_numbers_are_written_as_asked() -> None:
    figure = matrix(np.array([[12, 3]]), ["7"], ["1", "7"], "true class", "predicted class", "d")
    assert [text.get_text() for text in figure.axes[0].texts] == ["12", "3"]


def test_numbers_that_nobody_could_read_are_left_out() -> None:
    names = [*string.ascii_letters][:47]
    assert not matrix(np.eye(47), names, names, "true class", "predicted class").axes[0].texts


def test_names_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadInput, match=r"shape \(2, 2\) has no 3 rows"):
        matrix(np.eye(2), ["a", "b", "c"], ["a", "b"], "row", "column")


def test_long_names_have_room_beside_cells_that_stay_as_large():
    values = np.arange(9.0).reshape(3, 3)
    short, long = (matrix(values, names, names, "is", "is like") for names in ("abc", ["a question mark"] * 3))
    for figure in (short, long):
        to_png(figure)  # lays it out
    cells = [figure.axes[0].get_window_extent().width for figure in (short, long)]
    assert cells[1] > 0.9 * cells[0]
