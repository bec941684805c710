"""Curves of more names than a line above them could hold."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Real
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .palette import class_colours
from .style import log_steps, new_figure, styled


@styled
def many_lines(
    title: str,
    x_title: str,
    x: Real[np.ndarray, " points"],
    series: Mapping[str, Real[np.ndarray, " _"]],
    x_scale: str = "linear",
) -> Figure:
    """A line with dots for each entry of `series` over the same `x`, from 0 up, named beside it from high to low.

    Args:
        x_scale: "linear", or "log" for one that is marked at the points alone.
    """
    if not series or any(len(values) != len(x) for values in series.values()):
        raise BadInput(f"curves over {len(x)} points must have as many values each")
    figure = new_figure(2.8)
    axes = figure.add_subplot()
    drawn = {
        label: axes.plot(x, values, "o-", markersize=3.5, color=shade)[0]
        for shade, (label, values) in zip(class_colours(len(series)), series.items(), strict=True)
    }
    by_height = sorted(series, key=lambda label: -float(series[label][-1]))
    axes.legend([drawn[label] for label in by_height], by_height, loc="center left", bbox_to_anchor=(1, 0.5))
    axes.set_title(title)
    axes.set_xlabel(x_title)
    if x_scale == "log":
        log_steps(axes, x)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    return figure
