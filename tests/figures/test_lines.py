"""Curves over one axis; logarithmic axes are written out, since figures here hold no formulas."""

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.lines import lines
from glyphspace.figures.save import to_png, to_svg

X = np.array([50.0, 1_400.0, 9_350.0])


def test_logarithmic_axes_are_written_in_plain_numbers() -> None:
    figure = lines("distance", "step", X, {"a": np.array([0.5, 20.0, 3_000.0])}, scale="log", x_scale="log")
    to_png(figure, dpi=40)
    (axes,) = figure.axes
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["50", "1,400", "9,350"]
    assert "mathdefault" not in to_svg(figure)
    assert "100" in [tick.get_text() for tick in axes.get_yticklabels()]


def test_no_curves_are_refused() -> None:
    with pytest.raises(BadInput, match="as many values"):
        lines("distance", "step", X, {})
