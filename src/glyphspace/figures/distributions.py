"""What a generator makes: how often each class, and how sure the classifier is of it."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from ..core.errors import BadInput
from .style import BLUE, INK, colour, legend_above, new_figure, styled

_CLASSES_PER_ROW = 20  # more bars than that side by side cannot be told apart


@styled
def class_shares(
    classes: Sequence[str], shares: Mapping[str, Float[np.ndarray, " classes"]], real: Float[np.ndarray, " classes"]
) -> Figure:
    """Bars of how often each class occurs, one shade for each entry of `shares`, beside a line for real images.

    Args:
        classes: what each class is called.
        shares: fractions in [0, 1], by what they were counted over; in the order of rising certainty
            ("all", "certainty ≥ 0.9").
        real: fractions of the real images.
    """
    if not shares or any(len(share) != len(classes) for share in (*shares.values(), real)):
        raise BadInput(f"the shares of {len(classes)} classes must be {len(classes)} numbers each")
    rows = math.ceil(len(classes) / _CLASSES_PER_ROW)
    per_row = math.ceil(len(classes) / rows)
    figure = new_figure(1.7 * rows + 0.7)
    every_axes = figure.subplots(rows, sharey=True, squeeze=False)[:, 0]
    width = 0.8 / len(shares)
    strengths = np.linspace(1, 0.3, len(shares))[::-1]
    for row, axes in enumerate(every_axes):
        part = slice(row * per_row, (row + 1) * per_row)
        middle = np.arange(len(classes[part]))
        for position, (label, share) in enumerate(shares.items()):
            left = middle - 0.4 + position * width
            axes.bar(left, share[part], width * 0.92, align="edge", color=BLUE, alpha=strengths[position], label=label)
        axes.hlines(real[part], middle - 0.44, middle + 0.42, color=INK, linewidth=1.2, label="real images")
        axes.set_xticks(middle, classes[part])
        axes.set_xlim(-0.6, per_row - 0.4)
        axes.tick_params(axis="x", length=0, labelcolor=INK)
        axes.yaxis.set_major_locator(MaxNLocator(7, steps=(1, 2, 5, 10)))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.3g}%"))
        axes.grid(axis="y")
    every_axes[0].set_title("share of images")
    legend_above(every_axes[0])
    return figure


@styled
def certainty_histogram(certainties: Mapping[str, Float[np.ndarray, " n"]], bins: int = 40) -> Figure:
    """How the classifier's certainty is distributed, by what it looked at ("generated", "real").

    The vertical axis is logarithmic, since nearly all of real images are within a hair of certain.
    """
    figure = new_figure(2.3)
    axes = figure.add_subplot()
    edges = np.linspace(0, 1, bins + 1)
    for position, (label, values) in enumerate(certainties.items()):
        if not len(values):
            raise BadInput(f"there are no {label} images whose certainty could be drawn")
        share = np.histogram(values, edges)[0] / len(values)
        shade = colour(label, position)
        axes.stairs(share, edges, fill=True, color=shade, alpha=0.25)
        axes.stairs(share, edges, color=shade, linewidth=1.3, label=label)
    axes.set_yscale("log")
    axes.set_ylim(top=min(axes.get_ylim()[1], 1.2))
    axes.set_xlim(0, 1.005)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:g}%"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(axis="y")
    axes.tick_params(axis="y", which="both", length=0)
    axes.set_title("share of images")
    axes.set_xlabel("certainty (the classifier's largest probability)")
    legend_above(axes)
    return figure
