"""Curves of what varies much from one iteration to the next: how it goes, and within which range."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..core.errors import BadInput
from .style import colour, legend_above, new_figure, styled

_MOST = 40  # means


@styled
def range_curves(
    quantity: str, series: Mapping[str, Float[np.ndarray, " iterations"]], per_epoch: int, window: int = 25
) -> Figure:
    """Means of iterations over epochs, in a band that holds the middle half of their values.

    Args:
        window: iterations averaged; more where a run is so long that there were more than 40 means.

    Raises:
        BadInput: there are fewer iterations than a window has.
    """
    shortest = min(map(len, series.values()), default=0)
    if shortest < window:
        raise BadInput(f"a curve needs {window} iterations or more")
    window = max(window, shortest // _MOST)
    figure = new_figure(2.5)
    axes = figure.add_subplot()
    for position, (label, values) in enumerate(series.items()):
        blocks = values[: len(values) // window * window].reshape(-1, window)
        at = (np.arange(len(blocks)) + 0.5) * window / per_epoch
        low, high = np.percentile(blocks, (25, 75), axis=1)
        shade = colour(label, position)
        axes.fill_between(at, low, high, color=shade, alpha=0.16, linewidth=0)
        axes.plot(at, blocks.mean(axis=1), "-" if len(at) > 1 else "o", color=shade, label=label)
    axes.set_title(f"{quantity}, mean of {window} iterations and the middle half of them")
    axes.set_xlabel("epoch")
    axes.margins(x=0.01)
    axes.grid(axis="y")
    axes.xaxis.set_major_locator(MaxNLocator(8, steps=(1, 2, 2.5, 5, 10)))
    legend_above(axes)
    return figure
