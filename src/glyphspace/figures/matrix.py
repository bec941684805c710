"""A matrix as shades with numbers: confusions, agreements, distances."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Real, UInt8
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .style import BLUE, INK, new_figure, styled

_SMALLEST = 4.5  # points of a number that can be read
_LONG = 2  # letters of a column's name that have room beside each other
_LETTER = 0.08  # inches of a letter of a name
_CELL = 16  # pixels of a cell, one of them the gap to the next


@styled
def matrix(
    values: Real[np.ndarray, "rows columns"],
    rows: Sequence[str],
    columns: Sequence[str],
    row_title: str,
    column_title: str,
    number_format: str = ".2f",
) -> Figure:
    """Shades from nothing at the least of `values` to full at the greatest, each with its number where there is room.

    Args:
        values: what to show; NaN leaves a place empty.
        rows, columns: what each is called.
        row_title, column_title: what they are, e.g. "true class" and "predicted class".
        number_format: a format specification for the numbers, e.g. "d" for counts.
    """
    if values.shape != (len(rows), len(columns)):
        raise BadInput(f"a matrix of shape {values.shape} has no {len(rows)} rows and {len(columns)} columns")
    side = min(0.45, 6.2 / max(len(columns), 1))  # inches
    left, above = (_LETTER * max(0, max(map(len, names), default=0) - _LONG) for names in (rows, columns))
    figure = new_figure(side * len(rows) + 0.6 + 0.7 * above, side * len(columns) + 0.8 + left + 0.7 * above)
    axes = figure.add_subplot()
    known = values[np.isfinite(values)]
    limits = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    draw_matrix(axes, values, rows, columns, side * 72, limits, number_format)
    axes.set_xlabel(column_title)
    axes.set_ylabel(row_title)
    return figure


def draw_matrix(
    axes: Axes,
    values: Real[np.ndarray, "rows columns"],
    rows: Sequence[str],
    columns: Sequence[str],
    room: float,
    limits: tuple[float, float],
    number_format: str = ".2f",
) -> None:
    """Shades from nothing to full between the `limits`; a cell has `room` points of width for its number."""
    least, greatest = limits
    shades = (values - least) / (greatest - least or 1.0)
    extent = (-0.5, len(columns) - 0.5, len(rows) - 0.5, -0.5)
    axes.imshow(_cells(shades), interpolation="none", extent=extent)
    _write_numbers(axes, values, shades, number_format, room)
    axes.spines[:].set_visible(False)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.tick_params(
        length=0, labelcolor=INK, labeltop=True, labelbottom=False, labelsize=min(8.0, max(0.8 * room, 3.0))
    )
    if max(map(len, columns)) > _LONG:
        axes.set_xticks(range(len(columns)), columns, rotation=45, ha="left", rotation_mode="anchor")
    axes.xaxis.set_label_position("top")


def _cells(shades: Float[np.ndarray, "rows columns"]) -> UInt8[np.ndarray, "height width 4"]:
    # Shades are made by transparency, so that they grow out of a light ground and out of a dark one alike.
    opacity = np.where(np.isfinite(shades), 0.05 + 0.95 * shades, 0.0)
    cell = np.pad(np.ones((_CELL - 1, _CELL - 1)), ((0, 1), (0, 1)))
    picture = np.empty((*np.multiply(shades.shape, _CELL), 4), dtype=np.uint8)
    picture[..., :3] = tuple(bytes.fromhex(BLUE[1:]))
    picture[..., 3] = (255 * np.kron(np.nan_to_num(opacity), cell)).round()
    return picture


def _write_numbers(
    axes: Axes,
    values: Real[np.ndarray, "rows columns"],
    shades: Float[np.ndarray, "rows columns"],
    number_format: str,
    room: float,
) -> None:
    texts = {at: format(value.item(), number_format) for at, value in np.ndenumerate(values) if np.isfinite(value)}
    size = min(8.0, room / (0.72 * max([3, *map(len, texts.values())])))
    if size >= _SMALLEST:
        for (row, column), text in texts.items():
            axes.text(
                column,
                row,
                text,
                ha="center",
                va="center",
                fontsize=size,
                color="white" if shades[row, column] > 0.8 else INK,
            )
