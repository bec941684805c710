"""Sheets of images: as a plain array of pixels, or as a figure with a caption under each."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..core.errors import BadInput, UnknownName
from .style import GLYPHS, INK, MUTED, WIDTH, styled

Images = UInt8[np.ndarray, "n *stack height width"]
Sheet = UInt8[np.ndarray, "sheet_height sheet_width"]

PALETTES = {
    "chalk": np.arange(256, dtype=np.uint8),  # white on black, as MNIST is stored
    "ink": np.arange(256, dtype=np.uint8)[::-1],  # dark on white paper
}
"""What each value of an image becomes, by the name of the look."""


def image_grid(images: Images, columns: int, scale: int = 2, padding: int = 2, palette: str = "chalk") -> Sheet:
    """`images` row by row as one grey picture.

    Args:
        images: uint8 [n, height, width], 0 is the ground and 255 is full ink; places left over stay ground. The
            channels of stacked images, [n, 3, height, width], are put side by side, where they can be read.
        columns: images side by side.
        scale: each pixel becomes a square of `scale` × `scale`.
        padding: ground around each image, in unscaled pixels.
        palette: a name in `PALETTES`.

    Raises:
        UnknownName: there is no such palette.
        BadInput: there are no images, or no columns.
    """
    if palette not in PALETTES:
        raise UnknownName("palette", palette, PALETTES)
    n = len(images)
    if not n or columns < 1:
        raise BadInput(f"{n} images in {columns} columns make no grid; give at least one of each")
    images = side_by_side(images)
    height, width = images.shape[1:]
    rows = -(-n // columns)
    cells = np.zeros((rows * columns, height + 2 * padding, width + 2 * padding), dtype=np.uint8)
    cells[:n, padding : padding + height, padding : padding + width] = images
    sheet = cells.reshape(rows, columns, *cells.shape[1:]).swapaxes(1, 2).reshape(rows * cells.shape[1], -1)
    return PALETTES[palette][sheet].repeat(scale, axis=0).repeat(scale, axis=1)


def side_by_side(images: Images) -> UInt8[np.ndarray, "n height all_widths"]:
    """Each image with its channels beside each other; grey images as they are."""
    if images.ndim == 3:
        return images
    n, channels, height, width = images.shape
    return images.swapaxes(1, 2).reshape(n, height, channels * width)


def on_nothing(grey: Sheet) -> UInt8[np.ndarray, "sheet_height sheet_width 4"]:
    """`INK` of the strength of `grey` (0 is none) on a transparent ground, as RGBA."""
    picture = np.empty((*grey.shape, 4), dtype=np.uint8)
    picture[..., :3] = tuple(bytes.fromhex(INK[1:]))
    picture[..., 3] = grey
    return picture


def show_glyphs(axes: Axes, grey: Sheet) -> None:
    """Draw `grey` on `axes` pixel by pixel, as ink that follows the page from light to dark."""
    axes.imshow(on_nothing(grey), interpolation="none", gid=GLYPHS)


@styled
def labelled_grid(images: Images, captions: Sequence[str], columns: int) -> Figure:
    """`images` row by row with a caption of a few characters under each, such as "7  0.99".

    Up to 12 columns can be read at the width of a page.
    """
    images = side_by_side(images)
    n, height, width = images.shape
    if len(captions) != n:
        raise BadInput(f"{n} images need as many captions, not {len(captions)}")
    room = round(height * 0.4)  # for the caption, in pixels of the images
    cells = np.pad(images, ((0, 0), (0, room), (width // 8, width // 8)))
    sheet = image_grid(cells, columns, scale=1, padding=0)
    cell_height, cell_width = cells.shape[1:]

    inches = WIDTH / max(columns, 8) / cell_width
    figure = Figure(figsize=(sheet.shape[1] * inches, sheet.shape[0] * inches))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    show_glyphs(axes, sheet)
    for index, caption in enumerate(captions):
        row, column = divmod(index, columns)
        at = ((column + 0.5) * cell_width - 0.5, row * cell_height + height + room * 0.4)
        axes.text(*at, caption, ha="center", va="center", fontsize=min(8, 64 / max(columns, 8)), color=MUTED)
    return figure
