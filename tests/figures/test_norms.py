import warnings

import numpy as np

from glyphspace.figures.norms import Shrinking, shrinking_norms
from glyphspace.figures.save import to_png


def test_dots_are_what_was_measured_and_lines_the_law() -> None:
    sizes = (1, 4, 16)
    classes = {name: Shrinking(sizes, np.array([10.0, 5, 2.5]), np.array([10.0, 5.1, 2.7]), 1.0) for name in "07"}
    figure = shrinking_norms(classes, spread=10.0)
    law, dots, *_, shared = figure.axes[0].lines
    assert dots.get_ydata().tolist() == [10, 5, 2.5] and law.get_ydata().tolist() == [10, 5.1, 2.7]
    assert shared.get_ydata().tolist() == [10, 5, 2.5]
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["0", "7"]
    assert to_png(figure, dpi=40)


def test_many_classes_leave_room_for_the_curves() -> None:
    sizes = (1, 4, 16)
    norms = np.array([10.0, 5, 2.5])
    figure = shrinking_norms({f"class {n}": Shrinking(sizes, norms, norms, 1.0) for n in range(47)}, spread=10.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        to_png(figure, dpi=40)
    axes = figure.axes[0]
    assert axes.get_position().height > 0.5
    assert axes.get_legend().get_window_extent().height < figure.bbox.height
