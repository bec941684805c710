"""Several matrices beside each other, in one scale from 0 to 1: shares that change from one to the next."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Real
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .matrix import draw_matrix
from .style import WIDTH, new_figure, styled

COLUMNS = 2


@styled
def matrices(
    shares: Real[np.ndarray, "panels rows columns"],
    titles: Sequence[str],
    rows: Sequence[str],
    columns: Sequence[str],
    row_title: str,
    column_title: str,
) -> Figure:
    """A panel of shades for each matrix of shares in [0, 1], with its title; NaN leaves a place empty."""
    if not len(shares) or len(shares) != len(titles):
        raise BadInput(f"{len(shares)} matrices are to be drawn with {len(titles)} titles")
    down = -(-len(shares) // COLUMNS)
    beside = 0.55 + 0.07 * max(map(len, rows))  # inches for the title and the names of the rows
    side = (WIDTH / COLUMNS - beside) / max(len(columns), 1)  # inches of a cell
    figure = new_figure(down * (side * len(rows) + 0.9))
    every_axes = figure.subplots(down, COLUMNS, squeeze=False).ravel()
    for axes, values, title in zip(every_axes, shares, titles, strict=False):
        draw_matrix(axes, values, rows, columns, room=side * 72, limits=(0.0, 1.0))
        axes.set_xlabel(column_title)
        axes.set_ylabel(row_title)
        axes.set_title(title)
    for axes in every_axes[len(shares) :]:
        axes.set_axis_off()
    return figure
