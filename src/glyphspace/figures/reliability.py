"""Whether a classifier is right as often as it says."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int64
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from ..core.errors import BadInput
from .style import MUTED, colour, legend_above, new_figure, styled

FEW = 10  # images in a bin, under which its accuracy says nothing and is not drawn


@dataclass(frozen=True, eq=False)
class Reliabilities:
    """Images in bins by certainty: how many, their mean certainty, and the share labelled right."""

    counts: Int64[np.ndarray, " bins"]
    certainty: Float[np.ndarray, " bins"]
    accuracy: Float[np.ndarray, " bins"]


@styled
def reliability_diagram(curves: Mapping[str, Reliabilities]) -> Figure:
    """Accuracy against certainty, with 95% intervals, and below it how many images have that certainty.

    Args:
        curves: bins by what the certainty is ("as it comes", "calibrated"); those on the diagonal are honest.
    """
    if not curves or not all(curve.counts.sum() for curve in curves.values()):
        raise BadInput("there are no images whose certainty could be compared with their accuracy")
    figure = new_figure(4.2, 4.6)
    above, below = figure.subplots(2, sharex=True, height_ratios=(3, 1))
    above.plot([0, 1], [0, 1], color=MUTED, linewidth=0.9, linestyle=(0, (4, 3)))
    for position, (label, curve) in enumerate(curves.items()):
        shade = colour(label, position)
        drawn = curve.counts >= FEW
        sure, right = curve.certainty[drawn], curve.accuracy[drawn]
        low, high = _interval(right, curve.counts[drawn])
        above.errorbar(sure, right, (right - low, high - right), fmt="none", ecolor=shade, elinewidth=1, alpha=0.6)
        above.plot(sure, right, color=shade, marker="o", markersize=4, linewidth=1, label=label)
        edges = np.linspace(0, 1, len(curve.counts) + 1)
        below.stairs(curve.counts, edges, color=shade, linewidth=1.3)
    percent = FuncFormatter(lambda value, _: f"{100 * value:g}%")
    above.set_xlim(0, 1.01)
    above.set_ylim(-0.02, 1.04)
    above.yaxis.set_major_formatter(percent)
    below.xaxis.set_major_formatter(percent)
    below.set_yscale("log")
    below.set_ylim(bottom=0.7)
    below.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    below.yaxis.set_minor_formatter(NullFormatter())
    below.tick_params(axis="y", which="both", length=0)
    for axes in (above, below):
        axes.grid(axis="y")
    above.set_title("labelled right")
    below.set_title("images")
    below.set_xlabel("certainty")
    legend_above(above)
    return figure


def _interval(
    share: Float[np.ndarray, " k"], counts: Int64[np.ndarray, " k"]
) -> tuple[Float[np.ndarray, " k"], Float[np.ndarray, " k"]]:
    """95% intervals of shares of so many (Wilson 1927), which hold near 0 and 1 too."""
    z2 = 1.96**2
    middle = (share + z2 / (2 * counts)) / (1 + z2 / counts)
    half = 1.96 * np.sqrt(share * (1 - share) / counts + z2 / (4 * counts**2)) / (1 + z2 / counts)
    return np.minimum(middle - half, share), np.maximum(middle + half, share)
