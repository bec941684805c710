"""A diagram of a net: its tensors as boxes of their shape, its layers between them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Polygon

from ..core.errors import BadInput
from .style import BLUE, INK, MUTED, WIDTH, styled

_PER_ROW = 8  # boxes
_TALLEST, _DEEPEST, _OBLIQUE = 0.95, 0.28, 0.6  # inches, inches, and how flat the depth is drawn
_LINE = 0.14  # inches between lines of text
_CENTRED: dict[str, Any] = {"ha": "center", "va": "center"}


@dataclass(frozen=True)
class Layer:
    """A layer, the shape of what it puts out (without the batch), and how many parameters it has."""

    name: str
    shape: tuple[int, ...]
    parameters: int


@dataclass
class _Stage:
    """A tensor, and the layers that it came through since the one before."""

    shape: tuple[int, ...]
    layers: list[Layer] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """What each layer does, a line for each thing that one layer does at once ("leaky ReLU 0.2, dropout 0.5")."""
        return [name for layer in self.layers for name in layer.name.split(", ")]

    @property
    def parameters(self) -> int:
        return sum(layer.parameters for layer in self.layers)


@styled
def net_diagram(layers: Sequence[Layer], input_shape: tuple[int, ...]) -> Figure:
    """Boxes from left to right, one for each tensor that a net goes through, with the layers that made it below.

    A box is as tall as its tensor is wide in pixels and as thick as it has channels, both on a scale that keeps the
    small ones visible; a vector is a bar. Layers that only scale, drop or bend what they are given share the box of
    the layer before them.
    """
    if not layers:
        raise BadInput("a net without layers has no diagram")
    stages = [_Stage(input_shape), *_stages(layers, input_shape)]
    rows = [stages[start : start + _PER_ROW] for start in range(0, len(stages), _PER_ROW)]
    largest = max((stage.shape[-1] for stage in stages if len(stage.shape) == 3), default=1)
    boxes = [max(_height(stage.shape, largest) for stage in row) for row in rows]
    heights = [
        box + _LINE * (3.2 + max(len(stage.names) for stage in row)) for box, row in zip(boxes, rows, strict=True)
    ]
    figure = Figure(figsize=(WIDTH, sum(heights)))
    axes = figure.add_axes((0, 0, 1, 1), aspect="equal", xlim=(0, WIDTH), ylim=(-sum(heights), 0))
    axes.set_axis_off()
    column = WIDTH / min(max(len(stages), 5), _PER_ROW)
    top = 0.0
    for row, box, height in zip(rows, boxes, heights, strict=True):
        for position, stage in enumerate(row):
            middle = (position + 0.5) * column
            _draw_box(axes, stage.shape, largest, middle, top - 0.05 - box / 2)
            _write_below(axes, stage, middle, top - box - 1.3 * _LINE)
            if stage is not stages[0]:
                _draw_arrow(axes, max(position * column, 0.1), top - 0.05 - box / 2)
        top -= height
    return figure


def _stages(layers: Sequence[Layer], shape: tuple[int, ...]) -> list[_Stage]:
    stages: list[_Stage] = []
    for layer in layers:
        # A norm has a scale and a shift per channel; more parameters than that are weights, and make a new tensor.
        is_weighty = layer.parameters > 2 * math.prod(layer.shape[:1])
        if not stages or layer.shape != shape or is_weighty:
            stages.append(_Stage(layer.shape))
        stages[-1].layers.append(layer)
        shape = layer.shape
    return stages


def _draw_box(axes: Axes, shape: tuple[int, ...], largest: int, x: float, y: float) -> None:
    thick, tall, deep = _extent(shape, largest)
    rise = deep * _OBLIQUE
    x0, y0 = x - (thick + deep) / 2, y - (tall + rise) / 2
    x1, y1 = x0 + thick, y0 + tall
    front = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    lid = ((x0, y1), (x1, y1), (x1 + deep, y1 + rise), (x0 + deep, y1 + rise))
    side = ((x1, y0), (x1 + deep, y0 + rise), (x1 + deep, y1 + rise), (x1, y1))
    for face, strength in ((front, 0.42), (lid, 0.18), (side, 0.28)):
        axes.add_patch(Polygon(face, facecolor=BLUE, alpha=strength, linewidth=0))
        axes.add_patch(Polygon(face, fill=False, edgecolor=BLUE, linewidth=0.8, joinstyle="round"))


def _write_below(axes: Axes, stage: _Stage, x: float, y: float) -> None:
    shape = "×".join(f"{size:,}" for size in stage.shape or (1,))
    axes.text(x, y, shape, size=8, color=INK, weight="bold", **_CENTRED)
    lines = [(name, INK) for name in stage.names] or [("input", MUTED)]
    if stage.parameters:
        lines.append((f"{stage.parameters:,}", MUTED))
    for number, (text, colour) in enumerate(lines, 1):
        axes.text(x, y - number * _LINE, text, size=7, color=colour, **_CENTRED)


def _draw_arrow(axes: Axes, x: float, y: float) -> None:
    axes.add_patch(
        FancyArrowPatch((x - 0.09, y), (x + 0.09, y), arrowstyle="->", mutation_scale=7, color=MUTED, linewidth=0.9)
    )


def _height(shape: tuple[int, ...], largest: int) -> float:
    _, tall, deep = _extent(shape, largest)
    return tall + deep * _OBLIQUE


def _extent(shape: tuple[int, ...], largest: int) -> tuple[float, float, float]:
    """Thickness, height and depth of the box of a tensor, in inches."""
    if len(shape) == 3:
        channels, side = shape[0], shape[-1] / largest
        return 0.05 + 0.035 * math.log2(channels), _TALLEST * (0.25 + 0.75 * side), _DEEPEST * (0.25 + 0.75 * side)
    return 0.07, _TALLEST * min(1.0, 0.06 + 0.075 * math.log2(math.prod(shape))), 0.0
