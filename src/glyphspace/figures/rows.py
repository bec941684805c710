"""Rows of images, each with a title at the left and a caption under every image."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .captions import fitted
from .grids import image_grid, show_glyphs
from .style import INK, MUTED, WIDTH, styled

_LABEL_WIDTH = 1.15  # inches for the titles
_TITLE = 15  # letters of a title that have room beside each other
_CAPTION = 10  # pixels of the images below each, for a caption of one line
_LINE = 6  # for each line more
_TYPE = 8.0  # points of the captions, and fewer the narrower the columns are
_FEWEST = 8  # columns that the width is divided by at least, so that a few images do not become giants


@dataclass(frozen=True, eq=False)
class Row:
    """Images side by side, what the row is called, and what stands under each image (nothing, if there is nothing)."""

    title: str
    images: UInt8[np.ndarray, "columns height width"]
    captions: Sequence[str] = ()


@styled
def captioned_rows(rows: Sequence[Row]) -> Figure:
    """The rows below each other, all of one length."""
    if not rows or len({row.images.shape for row in rows}) > 1 or not len(rows[0].images):
        raise BadInput("rows of images must be there, and all as long and of one size")
    columns, height, width = rows[0].images.shape
    shown = max(columns, _FEWEST)
    inches = (WIDTH - _LABEL_WIDTH) / shown / (width + 4)
    every = [caption for row in rows for caption in row.captions]
    captions = fitted(every, (width + 2) * inches, min(_TYPE, _TYPE * _FEWEST / shown))
    room = bool(captions.lines) * (_CAPTION + _LINE * (captions.lines - 1))
    cells = np.pad(np.concatenate([row.images for row in rows]), ((0, 0), (0, room), (1, 1)))
    sheet = image_grid(cells, columns, scale=1, padding=1)
    size = (sheet.shape[1] * inches + _LABEL_WIDTH, sheet.shape[0] * inches)
    figure = Figure(figsize=size)
    axes = figure.add_axes((_LABEL_WIDTH / size[0], 0, 1 - _LABEL_WIDTH / size[0], 1))
    show_glyphs(axes, sheet)
    axes.spines[:].set_visible(False)
    axes.set_xticks([])
    cell = height + room + 2
    axes.set_yticks([row * cell + 1 + height / 2 for row in range(len(rows))], [_wrapped(row.title) for row in rows])
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    texts = iter(captions.texts)
    for number, row in enumerate(rows):
        for column in range(len(row.captions)):
            at = ((column + 0.5) * (width + 4) - 0.5, number * cell + 1 + height + room / 2)
            axes.text(*at, next(texts), ha="center", va="center", color=MUTED, fontsize=captions.size)
    return figure


def _wrapped(title: str) -> str:
    return "\n".join(textwrap.wrap(title, _TITLE))
