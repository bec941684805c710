"""The norms of latents and of means of latents, with the law beside the data."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from .palette import class_colours
from .style import MUTED, new_figure, styled

COLUMN = 13  # names of classes below each other


@dataclass(frozen=True, eq=False)
class Shrinking:
    """The norms of means of n latents of one class: measured, by the law, and what they shrink towards."""

    sizes: tuple[int, ...]
    measured: Float[np.ndarray, " sizes"]
    expected: Float[np.ndarray, " sizes"]
    shift: float


@styled
def shrinking_norms(classes: Mapping[str, Shrinking], spread: float) -> Figure:
    """Dots for what was measured and a line for the law, a colour for each class, both axes logarithmic.

    The dashed line is the law of latents that have nothing in common: `spread` / √n.
    """
    figure = new_figure(3.4)
    axes = figure.add_subplot()
    colours = class_colours(len(classes))
    for shade, (name, one) in zip(colours, classes.items(), strict=True):
        axes.plot(one.sizes, one.expected, color=shade, linewidth=1)
        axes.plot(one.sizes, one.measured, "o", markersize=3.6, markeredgewidth=0, color=shade, label=name)
    longest = max((one.sizes for one in classes.values()), key=len)
    axes.plot(longest, spread / np.sqrt(longest), "--", color=MUTED, linewidth=1)
    middle = longest[len(longest) // 2]
    axes.annotate("nothing in common: 1/√n", (middle, spread / np.sqrt(middle)), (-6, -8), color=MUTED,
                  textcoords="offset points", ha="right", va="top")  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="latents that were averaged, n")
    axes.set_title("norm of the mean: dots measured, lines √(shift² + spread²/n)")
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.tick_params(axis="both", which="both", length=0)
    axes.grid(axis="y")
    axes.legend(
        loc="center left", bbox_to_anchor=(1, 0.5), title="class", title_fontsize=8, handletextpad=0.2,
        ncols=-(-len(classes) // COLUMN), columnspacing=0.8,
    )  # fmt: skip
    return figure
