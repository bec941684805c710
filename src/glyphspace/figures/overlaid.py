"""Curves that coincide over long stretches and are still told apart."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Real
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .style import colour, legend_above, new_figure, styled

_DASH = 3.5  # widths of the line


@styled
def overlaid(
    title: str, x_title: str, x: Real[np.ndarray, " points"], series: Mapping[str, Real[np.ndarray, " points"]]
) -> Figure:
    """A line for each entry of `series` over the same `x`: the first whole, the others dashed.

    The dashes lie in each other's gaps, so that where curves coincide their colours take turns. What is not finite
    leaves a gap.
    """
    if not series or any(len(values) != len(x) for values in series.values()):
        raise BadInput(f"curves over {len(x)} points must have as many values each")
    figure = new_figure(2.5)
    axes = figure.add_subplot()
    for position, (label, values) in enumerate(series.items()):
        look = (-_DASH * position, (_DASH, _DASH * (len(series) - 1))) if position else "-"
        seen = np.where(np.isfinite(values), values, np.nan)
        axes.plot(x, seen, linestyle=look, linewidth=2.6, color=colour(label, position), label=label,
                  solid_capstyle="butt")  # fmt: skip
    axes.set_xlabel(x_title)
    axes.set_title(title)
    axes.margins(x=0.02)
    axes.grid(axis="y")
    axes.tick_params(axis="y", length=0)
    legend_above(axes)
    legend = axes.get_legend()
    for handle in legend.get_lines() if legend else ():
        handle.set_linestyle("-")
    return figure
