"""How a discriminator judges: its scores of real and of generated images, and how often it is right of each class."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ..core.errors import BadInput
from .style import BLUE, GREEN, INK, MUTED, legend_above, new_figure, styled

_PAIR = (("real", GREEN), ("generated", BLUE))


@styled
def score_histogram(real: Float[np.ndarray, " n"], generated: Float[np.ndarray, " m"], bins: int = 60) -> Figure:
    """The distribution of logits; above 0 the discriminator says real.

    The outermost half per cent on either side is put into the last bins.

    Raises:
        BadInput: there are no scores of one of the two.
    """
    if not len(real) or not len(generated):
        raise BadInput("scores are compared between real and generated images; one of the two is missing")
    low, high = np.quantile(np.concatenate([real, generated]), [0.005, 0.995])
    edges = np.linspace(min(low, -1e-3), max(high, 1e-3), bins + 1)
    figure = new_figure(2.4)
    axes = figure.add_subplot()
    for (label, shade), scores in zip(_PAIR, (real, generated), strict=True):
        share = np.histogram(scores.clip(edges[0], edges[-1]), edges)[0] / len(scores)
        axes.stairs(share, edges, fill=True, color=shade, alpha=0.25)
        axes.stairs(share, edges, color=shade, linewidth=1.3, label=label)
    axes.axvline(0, color=INK, linewidth=0.8)
    top = 1.1 * axes.get_ylim()[1]  # room for words above the highest bar
    axes.set_ylim(0, top)
    left, right = axes.get_xlim()
    for side, words, room in (("right", "says generated ", -left), ("left", " says real", right)):
        if room > 0.2 * (right - left):
            axes.text(0, 0.99 * top, words, ha=side, va="top", color=MUTED)
    axes.set_xlabel("score (logit)")
    axes.set_title("share of images")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.3g}%"))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="y")
    legend_above(axes)
    return figure


@styled
def class_accuracy(
    classes: Sequence[str], real: Float[np.ndarray, " classes"], generated: Float[np.ndarray, " classes"]
) -> Figure:
    """How often the discriminator is right about real and about generated images of each class; NaN leaves a gap."""
    figure = new_figure(2.4)
    axes = figure.add_subplot()
    middle = np.arange(len(classes))
    for (label, shade), shares, left in zip(_PAIR, (real, generated), (-0.4, 0.02), strict=True):
        axes.bar(middle + left, shares, 0.38, align="edge", color=shade, label=label)
    axes.axhline(0.5, color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.set_xticks(middle, classes, fontsize=min(8.0, 240 / len(classes)))
    axes.set_xlim(-0.6, len(classes) - 0.4)
    axes.tick_params(axis="x", length=0, labelcolor=INK)
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.3g}%"))
    axes.grid(axis="y")
    axes.set_title("told rightly, by class")
    legend_above(axes)
    return figure
