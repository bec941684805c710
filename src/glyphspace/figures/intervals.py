"""Shares with the intervals that they may lie in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ..core.errors import BadInput
from .style import BLUE, INK, legend_above, new_figure, styled

_CLASSES_PER_ROW = 20


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares in [0, 1] and the ends of their intervals."""

    values: Float[np.ndarray, " classes"]
    low: Float[np.ndarray, " classes"]
    high: Float[np.ndarray, " classes"]


@styled
def shares_with_intervals(
    classes: Sequence[str], shares: Mapping[str, Shares], real: Float[np.ndarray, " classes"] | None = None
) -> Figure:
    """Dots with whiskers for each class, a shade for each entry of `shares`, beside a line for real images.

    Args:
        classes: what each class is called.
        shares: by what they were counted over, in the order of rising certainty.
        real: the shares among real images, where they are known.
    """
    if not shares or any(len(share.values) != len(classes) for share in shares.values()):
        raise BadInput(f"the shares of {len(classes)} classes must be {len(classes)} numbers each")
    rows = -(-len(classes) // _CLASSES_PER_ROW)
    per_row = -(-len(classes) // rows)
    figure = new_figure(2.0 * rows + 0.5)
    every_axes = figure.subplots(rows, sharey=True, squeeze=False)[:, 0]
    strengths = np.linspace(1, 0.3, len(shares))[::-1]
    offsets = (np.arange(len(shares)) + 0.5) / len(shares) * 0.8 - 0.4
    for row, axes in enumerate(every_axes):
        part = slice(row * per_row, (row + 1) * per_row)
        middle = np.arange(len(classes[part]))
        for (label, share), offset, strength in zip(shares.items(), offsets, strengths, strict=True):
            shade = {"color": BLUE, "alpha": strength}
            axes.vlines(middle + offset, share.low[part], share.high[part], linewidth=1.4, **shade)
            axes.plot(middle + offset, share.values[part], "o", markersize=3.6, markeredgewidth=0, label=label, **shade)
        if real is not None:
            axes.hlines(real[part], middle - 0.44, middle + 0.44, color=INK, linewidth=1, label="real images", zorder=1)
        axes.set_xticks(middle, classes[part])
        axes.set_xlim(-0.6, per_row - 0.4)
        axes.set_ylim(bottom=0)
        axes.tick_params(axis="x", length=0, labelcolor=INK)
        axes.yaxis.set_major_locator(MaxNLocator(7, steps=(1, 2, 5, 10)))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.3g}%"))
        axes.grid(axis="y")
    every_axes[0].set_title("share of latents by certainty, with 95% intervals")
    legend_above(every_axes[0])
    return figure
