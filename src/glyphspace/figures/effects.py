"""What causes what, and how much of it: signed numbers as shades of two colours."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .style import BLUE, INK, MUTED, ORANGE, WIDTH, new_figure, styled

_ROW = 0.27  # inches


@styled
def effects(
    values: Float[np.ndarray, "rows columns"],
    explained: Float[np.ndarray, "rows columns"],
    rows: Sequence[str],
    columns: Sequence[str],
    title: str,
) -> Figure:
    """Blue for more, orange for less, as strong as it is large; the number, and smaller beside it R².

    Args:
        values: the change in each column's quantity that each row makes.
        explained: R² of that, up to 1.
    """
    if values.shape != (len(rows), len(columns)) or not values.size:
        raise BadInput(f"effects of shape {values.shape} have no {len(rows)} rows and {len(columns)} columns")
    figure = new_figure(_ROW * len(rows) + 0.75, min(WIDTH, 1.2 + 1.2 * len(columns)))
    axes = figure.add_subplot()
    strength = np.abs(values) / (np.abs(values).max() or 1.0)
    picture = np.zeros((*values.shape, 4), dtype=np.uint8)
    for colour, where in ((BLUE, values >= 0), (ORANGE, values < 0)):
        picture[where, :3] = tuple(bytes.fromhex(colour[1:]))
    picture[..., 3] = (255 * strength).round()
    axes.imshow(picture, interpolation="none", aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        strong = strength[row, column] > 0.75
        axes.text(column, row, f"{value:+.2f}", ha="right", va="center", color="white" if strong else INK)
        share = f"   {explained[row, column]:.2f}"
        axes.text(column, row, share, ha="left", va="center", size=6.5, color="white" if strong else MUTED)
    axes.spines[:].set_visible(False)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.tick_params(length=0, labelcolor=INK, labeltop=True, labelbottom=False)
    axes.set_title(title)
    return figure
