"""How often each combination of three classes comes: a cell for each, a panel for each class of the first channel."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .style import BLUE, INK, ORANGE, PAPER, new_figure, styled

_PER_ROW = 5  # panels
_MOST = 2.0  # times what is due, at the end of the colours
_COLOURS = LinearSegmentedColormap.from_list("due", [ORANGE, PAPER, BLUE])


@styled
def mode_map(ratios: Float[np.ndarray, "k k k"], classes: Sequence[str]) -> Figure:
    """A panel for each class of the first channel, in it a row for each of the second and a column for the third.

    Args:
        ratios: how often each combination comes, 1 being as often as is due.
        classes: what the k classes are called.

    Raises:
        BadInput: there are other names than classes.
    """
    if len(classes) != len(ratios):
        raise BadInput(f"{len(ratios)} classes need as many names, not {len(classes)}")
    columns = min(_PER_ROW, len(classes))
    rows = -(-len(classes) // columns)
    figure = new_figure(1.55 * rows + 0.3)
    grid = figure.subplots(rows, columns, squeeze=False)
    for axes in grid.flat[len(classes) :]:
        axes.set_visible(False)
    for axes, name, panel in zip(grid.flat, classes, ratios, strict=False):
        shown = axes.imshow(panel, cmap=_COLOURS, vmin=0, vmax=_MOST, interpolation="none")
        axes.set_title(f"{name} · ·", color=INK, pad=4)
        axes.set_xticks(range(len(classes)), classes, fontsize=6)
        axes.set_yticks(range(len(classes)), classes, fontsize=6)
        axes.tick_params(length=0, pad=2)
        axes.spines[:].set_visible(False)
        for second, third in np.argwhere(panel == 0):
            axes.text(third, second, "×", ha="center", va="center", fontsize=6, color=PAPER)
    bar = figure.colorbar(shown, ax=grid, shrink=0.6, aspect=18, ticks=[0, 1, 2])
    bar.ax.set_yticklabels(["never", "as due", "twice"])
    bar.ax.tick_params(length=0)
    bar.outline.set_visible(False)
    return figure
