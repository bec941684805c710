"""Curves of what jumps about: means in a band, and as many of them as can be told apart."""

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.ranges import range_curves


def test_means_lie_in_the_band_of_their_windows() -> None:
    values = np.random.default_rng(0).random(600)
    (axes,) = range_curves("accuracy", {"real": values, "fake": values[::-1]}, per_epoch=100).axes
    drawn = axes.lines[0]
    assert drawn.get_ydata() == pytest.approx(values.reshape(-1, 25).mean(1))
    assert drawn.get_xdata()[0] == pytest.approx(0.125)
    assert len(axes.collections) == 2
    band = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert 0.1 < band.min() < 0.3 and 0.7 < band.max() < 0.95


def test_a_long_run_is_averaged_over_more_iterations() -> None:
    (axes,) = range_curves("loss", {"generator": np.ones(9_350)}, per_epoch=468).axes
    assert len(axes.lines[0].get_ydata()) == 40
    assert "mean of 233 iterations" in axes.get_title(loc="left")


@pytest.mark.parametrize("series", [{}, {"a": np.ones(24)}])
def test_too_few_iterations_are_refused(series: dict[str, np.ndarray]) -> None:
    with pytest.raises(BadInput, match="25 iterations"):
        range_curves("loss", series, per_epoch=10)
