"""Curves that coincide are all to be seen."""

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.overlaid import overlaid
from glyphspace.figures.save import to_png, to_svg

X = np.linspace(-1.0, 1.0, 200)


def test_three_curves_in_one_place_take_turns() -> None:
    figure = overlaid("loss", "logit", X, {"a": X, "b": X, "c": X})
    assert to_svg(figure).startswith("<svg")
    pixels = to_png(overlaid("loss", "logit", X, dict.fromkeys("abc", X)), dpi=60)
    assert pixels != to_png(overlaid("loss", "logit", X, {"a": X}), dpi=60)
    colours = {line.get_color() for line in figure.axes[0].lines}
    dashed = [line.is_dashed() for line in figure.axes[0].lines]
    assert (len(colours), dashed) == (3, [False, True, True])


def test_what_is_not_finite_leaves_a_gap() -> None:
    figure = overlaid("loss", "logit", X, {"a": np.where(X < 0, np.inf, X)})
    assert np.isnan(figure.axes[0].lines[0].get_ydata()).sum() == 100


def test_no_curves_are_refused() -> None:
    with pytest.raises(BadInput, match="as many values"):
        overlaid("loss", "logit", X, {})
