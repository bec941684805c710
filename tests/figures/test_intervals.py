import string

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.intervals import Shares, shares_with_intervals
from glyphspace.figures.save import to_png


def test_whiskers_reach_from_end_to_end_around_their_dot(rng: np.random.Generator) -> None:
    values = rng.dirichlet(np.ones(10))
    figure = shares_with_intervals(list(string.digits), {"all": Shares(values, values * 0.9, values * 1.1)})
    (axes,) = figure.axes
    assert axes.lines[0].get_ydata() == pytest.approx(values)
    ends = np.array([path.vertices[:, 1] for path in axes.collections[0].get_paths()])
    assert ends == pytest.approx(np.stack([values * 0.9, values * 1.1], axis=1))


def test_many_classes_take_several_rows_and_real_shares_a_line(rng: np.random.Generator) -> None:
    values = rng.dirichlet(np.ones(47))
    names = list(string.ascii_letters)[:47]
    figure = shares_with_intervals(names, {"all": Shares(values, values, values)}, real=values)
    assert len(figure.axes) == 3
    assert to_png(figure, dpi=40)


def test_shares_of_other_classes_are_refused() -> None:
    for shares in ({}, {"all": Shares(*[np.zeros(3)] * 3)}):
        with pytest.raises(BadInput):
            shares_with_intervals(["a", "b"], shares)
