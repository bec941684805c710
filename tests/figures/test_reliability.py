import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.reliability import FEW, Reliabilities, reliability_diagram
from glyphspace.figures.save import to_png

NAN = float("nan")
SOME = Reliabilities(
    np.array([0, FEW - 1, 40, 1000]), np.array([NAN, 0.4, 0.65, 0.97]), np.array([NAN, 0.2, 0.5, 0.99])
)


def lines(figure, label):
    (above, _) = figure.axes
    (line,) = (line for line in above.get_lines() if line.get_label() == label)
    return line.get_xydata().tolist()


def test_bins_of_enough_images_stand_at_their_certainty_and_accuracy():
    figure = reliability_diagram({"as it comes": SOME})
    assert lines(figure, "as it comes") == [[0.65, 0.5], [0.97, 0.99]]
    to_png(figure, dpi=40)


def test_each_curve_has_a_colour_and_a_row_of_counts_of_its_own():
    figure = reliability_diagram({"as it comes": SOME, "calibrated": SOME})
    above, below = figure.axes
    assert len({line.get_color() for line in above.get_lines()}) == 3  # and the diagonal
    assert len(below.patches) == 2
    assert below.patches[0].get_data().values.tolist() == [0, FEW - 1, 40, 1000]


def test_a_share_of_one_has_an_interval_within_reason():
    sure = Reliabilities(np.array([100]), np.array([0.99]), np.array([1.0]))
    to_png(reliability_diagram({"as it comes": sure}), dpi=40)


def test_no_images_are_no_diagram():
    none = Reliabilities(np.zeros(2, np.int64), np.array([NAN, NAN]), np.array([NAN, NAN]))
    for curves in ({}, {"as it comes": none}):
        with pytest.raises(BadInput, match="no images"):
            reliability_diagram(curves)
