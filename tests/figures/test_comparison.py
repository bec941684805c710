import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.comparison import Measured, against_floors
from glyphspace.figures.save import to_png

DISTANCES = [Measured("Fréchet distance", 6.0, 0.4), Measured("kernel distance", 0.03, 0.001)]
SHARES = [Measured("precision", 0.84, 0.93), Measured("density", 1.1, 0.99), Measured("coverage", 0.8, 0.95)]


def test_distances_are_drawn_in_multiples_of_their_floor() -> None:
    left, _ = against_floors(DISTANCES, SHARES).axes
    assert [text.get_text() for text in left.texts] == ["15×", "30×"]


def test_a_large_multiple_is_written_out() -> None:
    (axes,) = against_floors([Measured("Fréchet distance", 213.65, 0.2)], []).axes
    assert [text.get_text() for text in axes.texts] == ["1,068×"]


def test_shares_are_drawn_as_they_are() -> None:
    _, right = against_floors(DISTANCES, SHARES).axes
    dots = [np.asarray(line.get_xdata())[0] for line in right.lines if line.get_marker() == "o"]
    assert dots == [0.84, 1.1, 0.8]
    assert right.get_xlim()[1] > 1.1


@pytest.mark.parametrize(("distances", "shares"), [(DISTANCES, []), ([], SHARES), (DISTANCES[:1], SHARES[:1])])
def test_either_kind_is_drawn_alone(distances: list[Measured], shares: list[Measured]) -> None:
    to_png(against_floors(distances, shares), dpi=40)


def test_a_distance_without_a_multiple_is_refused() -> None:
    with pytest.raises(BadInput, match="kernel distance is not positive"):
        against_floors([Measured("kernel distance", 0.1, -1e-6)], [])


def test_no_metrics_are_refused() -> None:
    with pytest.raises(BadInput, match="no metrics"):
        against_floors([], [])
