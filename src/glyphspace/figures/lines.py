"""Plain curves of one quantity over another."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Real
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from ..core.errors import BadInput
from .style import colour, legend_above, log_steps, new_figure, styled


@styled
def lines(
    title: str,
    x_title: str,
    x: Real[np.ndarray, " points"],
    series: Mapping[str, Real[np.ndarray, " points"]],
    scale: str = "linear",
    marks: bool = False,
    x_scale: str = "linear",
) -> Figure:
    """A line for each entry of `series` over the same `x`; what is not finite leaves a gap.

    Args:
        title, x_title: what is drawn, and over what.
        scale: of the vertical axis, "linear" or "log".
        marks: a dot at each point too.
        x_scale: of the horizontal axis; a logarithmic one is marked at the points alone.
    """
    if not series or any(len(values) != len(x) for values in series.values()):
        raise BadInput(f"curves over {len(x)} points must have as many values each")
    figure = new_figure(2.5)
    axes = figure.add_subplot()
    for position, (label, values) in enumerate(series.items()):
        look = "o-" if marks or len(x) == 1 else "-"
        axes.plot(x, np.where(np.isfinite(values), values, np.nan), look, markersize=3.5, label=label,
                  color=colour(label, position))  # fmt: skip
    axes.set(yscale=scale, xlabel=x_title)
    if x_scale == "log":
        log_steps(axes, x)
    if scale == "log":
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_title(title)
    axes.margins(x=0.02)
    axes.grid(axis="y")
    axes.tick_params(axis="y", which="both", length=0)
    if len(series) > 1:
        legend_above(axes)
    return figure
