"""Maps of points in two dimensions, coloured by class, and how much of a map each class occupies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ..core.errors import BadInput
from .palette import class_colours
from .style import INK, LINE, MUTED, PAPER, WIDTH, legend_above, new_figure, styled

Positions = Float[np.ndarray, "n 2"]
Labels = Int[np.ndarray, " n"]

_DPI = 220  # of the points, which are pixels in an SVG too: ten thousand shapes would make it heavy
_MOST_NAMES, _IN_A_ROW = 62, 16  # of classes, in all and in a line of the legend
_WIDEST, _SYMBOL = 11.5, 4.0  # letters to an inch of the legend, and what a point takes, in letters
_AROUND, _AT_HOME = 30, 1 / 3  # points around a median, and the share of its class among them that earns a name


@dataclass(frozen=True, eq=False)
class Panel:
    """One map: its title, what is to be said of it in a line, positions [n, 2] and labels [n]."""

    title: str
    note: str
    positions: Positions
    labels: Labels


@styled
def label_maps(panels: Sequence[Panel], classes: Sequence[str], columns: int = 2) -> Figure:
    """Maps beside each other, points coloured by class, the name of each class at its median if it is together there.

    The axes have no ticks: neither the directions of such maps nor their units mean anything.
    """
    if not panels:
        raise BadInput("there are no maps to draw")
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    side = WIDTH / max(columns, 2)
    figure = new_figure(rows * (side + 0.4), columns * side)
    figure.set_layout_engine("constrained", h_pad=0.08)  # a title of two lines would else lose the tips of its first
    figure.set_dpi(_DPI)
    every_axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes, panel in zip(every_axes, panels, strict=False):
        _frame(axes, panel.positions)
        _scatter(axes, panel, classes)
        axes.set_title(f"{panel.title}\n{panel.note}" if panel.note else panel.title, linespacing=1.5)
    for axes in every_axes[len(panels) :]:
        axes.set_axis_off()
    _legend(figure, classes)
    return figure


@styled
def placed_map(ground: Positions, placed: Panel, classes: Sequence[str]) -> Figure:
    """New points, coloured by class, on an existing map, whose own points are grey."""
    figure = new_figure(WIDTH * 0.74, WIDTH * 0.7)
    figure.set_layout_engine("constrained", h_pad=0.08)
    figure.set_dpi(_DPI)
    axes = figure.add_subplot()
    _frame(axes, np.concatenate([ground, placed.positions]))
    axes.scatter(ground[:, 0], ground[:, 1], s=_size(len(ground)), color=LINE, linewidths=0, rasterized=True)
    _scatter(axes, placed, classes)
    axes.set_title(f"{placed.title}\n{placed.note}", linespacing=1.5)
    _legend(figure, classes)
    return figure


@styled
def occupied(
    owners: Int[np.ndarray, "cells cells"],
    areas: Float[np.ndarray, " classes"],
    points: Float[np.ndarray, " classes"],
    classes: Sequence[str],
) -> Figure:
    """Which class owns each cell of a map (-1: nobody; rows go upwards), and shares of area beside shares of points."""
    figure = new_figure(3.2)
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.25))
    colours = class_colours(len(classes))
    picture = np.zeros((*owners.shape, 4), dtype=np.uint8)
    for label, colour in enumerate(colours):
        picture[owners == label] = (*bytes.fromhex(colour[1:]), 255)
    left.imshow(picture, origin="lower", interpolation="none")
    left.set_title("whose each cell is")
    _bare(left)
    middle = np.arange(len(classes))
    right.bar(middle, areas, width=0.72, color=colours)
    right.hlines(points, middle - 0.42, middle + 0.42, color=INK, linewidth=1.4, label="share of the points")
    right.set_xticks(middle, classes, fontsize=min(8.0, 150 / len(classes)))
    right.tick_params(axis="x", length=0, labelcolor=INK)
    right.yaxis.set_major_locator(MaxNLocator(6))
    right.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.3g}%"))
    right.grid(axis="y")
    right.set_title("share of the area")
    legend_above(right)
    return figure


def _scatter(axes: Axes, panel: Panel, classes: Sequence[str]) -> None:
    colours = np.array(class_colours(len(classes)))
    shown, x, y = colours[panel.labels], panel.positions[:, 0], panel.positions[:, 1]
    axes.scatter(x, y, s=_size(len(x)), c=shown, linewidths=0, alpha=0.8, rasterized=True)
    if len(classes) > _MOST_NAMES:
        return
    for label in np.unique(panel.labels):
        at = x0, y0 = np.median(panel.positions[panel.labels == label], axis=0)
        around = panel.labels[np.square(panel.positions - at).sum(axis=1).argsort()[:_AROUND]]
        if (around == label).mean() < _AT_HOME:  # where a class is not together, its name would say what is not so
            continue
        outline = [withStroke(linewidth=2.5, foreground=PAPER)]
        axes.text(x0, y0, classes[label], color=INK, size=10, ha="center", va="center", path_effects=outline)


def _legend(figure: Figure, classes: Sequence[str]) -> None:
    """The colour of each class, below the maps."""
    if len(classes) > _MOST_NAMES:
        return
    colours = class_colours(len(classes))
    width = _WIDEST * figure.get_figwidth() / (_SYMBOL + max(map(len, classes)))
    points = [Line2D([], [], linestyle="", marker="o", markersize=4.5, color=colour) for colour in colours]
    figure.legend(
        points,
        classes,
        loc="outside lower center",
        ncols=max(1, min(_IN_A_ROW, int(width))),
        handletextpad=-0.2,
        columnspacing=1.1,
        fontsize=8,
    )


def _size(count: int) -> float:
    return float(np.clip(9000 / count, 0.8, 9))  # square points


def _frame(axes: Axes, positions: Positions) -> None:
    """A square around all points."""
    low, high = positions.min(axis=0), positions.max(axis=0)
    half = 0.52 * float((high - low).max()) or 1.0
    (x, y) = (low + high) / 2
    axes.set_xlim(x - half, x + half)
    axes.set_ylim(y - half, y + half)
    axes.set_aspect("equal")
    _bare(axes)


def _bare(axes: Axes) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(True)
        spine.set_color(LINE)
    axes.title.set_color(MUTED)
