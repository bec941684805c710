import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.modes import mode_map

DIGITS = tuple("0123456789")


def test_each_combination_has_a_cell_and_what_never_comes_a_cross() -> None:
    ratios = np.ones((10, 10, 10))
    ratios[3, 4, 5] = ratios[7, 0, 0] = 0
    figure = mode_map(ratios, DIGITS)
    *panels, _bar = figure.axes
    assert [panel.get_title(loc="left") for panel in panels] == [f"{digit} · ·" for digit in DIGITS]
    crosses = {
        panel.get_title(loc="left"): [text.get_position() for text in panel.texts] for panel in panels if panel.texts
    }
    assert crosses == {"3 · ·": [(5, 4)], "7 · ·": [(0, 0)]}


def test_few_classes_leave_no_empty_panels() -> None:
    assert len([axes for axes in mode_map(np.ones((3, 3, 3)), "ABC").axes if axes.get_visible()]) == 4


def test_a_missing_name_is_refused() -> None:
    with pytest.raises(BadInput, match="10 classes need as many names"):
        mode_map(np.ones((10, 10, 10)), "ABC")
