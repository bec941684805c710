import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.many_lines import many_lines
from glyphspace.figures.save import to_png


def test_lines_are_named_from_high_to_low() -> None:
    x = np.array([0.0, 0.5, 1.0])
    figure = many_lines("share", "certainty", x, {"low": x / 4, "high": x, "middle": x / 2})
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["high", "middle", "low"]
    assert to_png(figure, dpi=40)


def test_lines_of_other_lengths_are_refused() -> None:
    for series in ({}, {"a": np.zeros(2)}):
        with pytest.raises(BadInput):
            many_lines("share", "certainty", np.zeros(3), series)


def test_steps_on_a_logarithmic_axis_are_marked_and_written_out() -> None:
    figure = many_lines("share", "step", np.array([50.0, 2_000.0]), {"a": np.array([0.1, 0.2])}, x_scale="log")
    assert to_png(figure, dpi=40)
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()] == ["50", "2,000"]
