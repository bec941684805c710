"""Images above what was made of them."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .captions import fitted
from .grids import image_grid, show_glyphs
from .style import INK, MUTED, WIDTH, styled

Images = UInt8[np.ndarray, "n 28 28"]

_COLUMNS = 10
_GAP, _ROOM, _LINE = 3, 11, 5  # pixels between images, below them for captions, and for each line more of those
_NAMES = 0.95  # inches for what the rows are
_TYPE = 7.0  # points of the captions


@styled
def image_rows(rows: Sequence[tuple[str, Images]], captions: Sequence[str]) -> Figure:
    """Sets of as many images below each other, ten columns wide at most, with a caption under each column.

    Args:
        rows: what each set is, and its images.
        captions: a few characters for each column; all empty leaves no room for them.

    Raises:
        BadInput: there are no images, or sets or captions differ in number.
    """
    counts = {len(images) for _, images in rows} | {len(captions)}
    if len(counts) != 1 or not captions:
        raise BadInput("rows of images need as many images each, at least one, and as many captions")
    count, high = len(captions), len(rows) * (28 + _GAP)
    bands = range(0, count, _COLUMNS)
    columns = min(count, _COLUMNS)
    inches = (WIDTH - _NAMES) / ((28 + _GAP) * _COLUMNS)
    below = fitted(captions, (28 + _GAP) * inches, _TYPE)
    room = _ROOM + _LINE * (below.lines - 1) if any(captions) else 0
    band = high + room
    sheet = np.zeros((band * len(bands), columns * (28 + _GAP)), dtype=np.uint8)
    for place, start in enumerate(bands):
        for row, (_, images) in enumerate(rows):
            part = images[start : start + columns]
            strip = image_grid(np.pad(part, ((0, 0), (0, _GAP), (0, _GAP))), len(part), scale=1, padding=0)
            top = place * band + row * (28 + _GAP)
            sheet[top : top + strip.shape[0], : strip.shape[1]] = strip
    size = _NAMES + sheet.shape[1] * inches, sheet.shape[0] * inches
    figure = Figure(figsize=size)
    axes = figure.add_axes((_NAMES / size[0], 0, 1 - _NAMES / size[0], 1))
    axes.set_axis_off()
    show_glyphs(axes, sheet)
    for place, start in enumerate(bands):
        for row, (name, _) in enumerate(rows):
            axes.text(-4, place * band + row * (28 + _GAP) + 14, name, ha="right", va="center", color=INK)
        for column, caption in enumerate(below.texts[start : start + columns]):
            axes.text(
                column * (28 + _GAP) + 14,
                place * band + high + room / 2 - _GAP,
                caption,
                ha="center",
                va="center",
                color=MUTED,
                size=below.size,
            )
    return figure
