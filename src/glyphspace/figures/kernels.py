"""Kernels of convolutions as pictures: blue adds ink, orange takes it away."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float, UInt8
from matplotlib.figure import Figure

from ..core.errors import BadInput
from .style import BLUE, ORANGE, WIDTH, styled

_COLUMNS = 32
_CELL = 0.21  # inches


@styled
def kernel_sheets(layers: Mapping[str, Float[np.ndarray, "_ _ _"]]) -> Figure:
    """The kernels [n, h, w] of each layer below its name, each as strong as its own largest weight allows.

    Raises:
        BadInput: there are no kernels.
    """
    if not layers or not all(len(kernels) for kernels in layers.values()):
        raise BadInput("there are no kernels to show")
    sheets = {name: _sheet(kernels) for name, kernels in layers.items()}
    heights = [_CELL * -(-len(kernels) // _COLUMNS) for kernels in layers.values()]
    title = 0.3
    total = sum(heights) + title * len(heights)
    figure = Figure(figsize=(WIDTH, total))
    top = total
    for (name, sheet), height in zip(sheets.items(), heights, strict=True):
        top -= title
        width = _CELL * min(_COLUMNS, len(layers[name]))
        axes = figure.add_axes((0.01, (top - height) / total, width / WIDTH, height / total))
        axes.imshow(sheet, interpolation="none", aspect="auto")
        axes.set_axis_off()
        axes.set_title(name)
        top -= height
    return figure


def _sheet(kernels: Float[np.ndarray, "n h w"]) -> UInt8[np.ndarray, "height width 4"]:
    """Kernels side by side with a gap of one weight, signs as colours, sizes as opacity."""
    count, height, width = kernels.shape
    rows, columns = -(-count // _COLUMNS), min(_COLUMNS, count)
    strength = kernels / np.abs(kernels).max(axis=(1, 2), keepdims=True).clip(1e-12)
    cells = np.zeros((rows * columns, height + 1, width + 1))
    cells[:count, :height, :width] = strength
    sheet = cells.reshape(rows, columns, height + 1, width + 1).swapaxes(1, 2).reshape(rows * (height + 1), -1)
    picture = np.zeros((*sheet.shape, 4), dtype=np.uint8)
    for colour, where in ((BLUE, sheet >= 0), (ORANGE, sheet < 0)):
        picture[where, :3] = tuple(bytes.fromhex(colour[1:]))
    picture[..., 3] = (255 * np.abs(sheet)).round()
    return picture
