from itertools import pairwise

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.race import race
from glyphspace.figures.save import to_png


def course(start, seeds=2):
    seconds = np.array([2.5, 5.0, 10.0, 20.0])
    classes = np.array([0.0, 1.0, 4.0, 10.0])
    return [np.stack([seconds, start / seconds**0.5 * (1 + 0.1 * seed), classes]) for seed in range(seeds)]


def test_every_seed_is_a_line_and_every_training_is_named():
    figure = race({"ours": course(20.0), "theirs": course(200.0), "others": course(210.0)}, floor=0.5, ours=["ours"])
    distances, classes = figure.axes
    assert len(distances.lines) == 3 * 2 + 3 + 1  # with a stroke beside each name, and the floor
    assert len(classes.lines) == 3 * 2
    assert {text.get_text() for text in distances.texts} == {"ours", "theirs", "others", "real images"}
    assert to_png(figure).startswith(b"\x89PNG")


def test_names_of_lines_that_end_together_do_not_cover_one_another():
    figure = race({str(n): course(100.0 + n) for n in range(4)}, floor=0.5)
    axes = figure.axes[0]
    figure.draw_without_rendering()
    boxes = sorted((text.get_window_extent().y0, text.get_window_extent().y1) for text in axes.texts)
    assert all(below[1] <= above[0] + 1 for below, above in pairwise(boxes))


@pytest.mark.parametrize("courses", [{}, {"one": [np.array([[1.0, 2.0], [0.0, 3.0], [1.0, 1.0]])]}])
def test_nothing_and_what_is_not_positive_are_refused(courses):
    with pytest.raises(BadInput, match="a race needs"):
        race(courses, floor=1.0)
