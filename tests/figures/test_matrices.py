import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.matrices import matrices


def test_each_matrix_has_a_title_and_its_numbers_in_one_scale():
    shares = np.stack([np.eye(3), np.full((3, 3), 0.5)])
    figure = matrices(shares, ["none", "much"], "abc", "abc", "before", "after")
    first, second, *rest = figure.axes
    assert [axes.get_title(loc="left") for axes in (first, second)] == ["none", "much"]
    assert {text.get_text() for text in second.texts} == {"0.50"} and not any(axes.axison for axes in rest)
    opacity = [int(axes.images[0].get_array()[0, 0, 3]) for axes in (first, second)]
    assert opacity[0] > 1.5 * opacity[1]  # 1 is darker than 0.5, though nothing in the second is more than 0.5


def test_no_matrices_are_refused():
    with pytest.raises(BadInput, match="0 matrices"):
        matrices(np.zeros((0, 2, 2)), [], "ab", "ab", "before", "after")
