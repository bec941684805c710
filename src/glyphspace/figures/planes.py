"""Maps of a plane of latents: labels as colours, certainty as shades, images on top."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int, UInt8
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from ..core.errors import BadInput
from .grids import show_glyphs
from .palette import class_colours
from .style import BLUE, INK, PAPER, WIDTH, new_figure, styled

_FAINT = 0.25  # strength of the colour where the label is as uncertain as it can be
_APART, _LETTER = 0.22, 0.075  # inches that points must lie apart for two names between them; and for each letter
_HIGH = 0.4  # from where on a name stands below its point
_NAMED = 20  # classes whose colours a legend explains, at most: those that have most of the plane


@dataclass(frozen=True, eq=False)
class Window:
    """A window on a plane: labels and certainty of its points, from the top; and the points that it goes through."""

    title: str
    labels: Int[np.ndarray, "r r"]
    certainty: Float[np.ndarray, "r r"]
    corners: Float[np.ndarray, "k 2"]  # x and y from -1 to 1
    names: Sequence[str]  # of the corners


@styled
def plane_maps(window: Window, classes: Sequence[str]) -> Figure:
    """The labels, paler where they are in doubt, beside the certainty alone."""
    figure = new_figure(WIDTH / 2 + 0.1)
    left, right = figure.subplots(1, 2)
    _draw_labels(left, window, len(classes))
    left.set_title("label, paler where it is in doubt")
    picture = np.empty((*window.certainty.shape, 4), dtype=np.uint8)
    picture[..., :3] = tuple(bytes.fromhex(BLUE[1:]))
    picture[..., 3] = (255 * np.clip(window.certainty, 0, 1)).round()
    _show(right, picture)
    right.set_title("certainty, from none to full")
    for axes in (left, right):
        _mark(axes, window, WIDTH / 2)
    _explain(figure, window.labels, classes)
    return figure


@styled
def plane_images(window: Window, images: UInt8[np.ndarray, "k k 28 28"], classes: Sequence[str]) -> Figure:
    """The images at the middles of equal squares, on the colours of their labels."""
    figure = new_figure(WIDTH * 0.86, WIDTH * 0.86)
    axes = figure.add_subplot()
    _draw_labels(axes, window, len(classes), strength=0.45)
    sheet = images.swapaxes(1, 2).reshape(images.shape[0] * 28, -1)
    show_glyphs(axes, sheet)
    axes.images[-1].set_extent((-1, 1, -1, 1))
    axes.set_title(window.title)
    _explain(figure, window.labels, classes)
    return figure


@styled
def plane_zooms(windows: Sequence[Window], classes: Sequence[str]) -> Figure:
    """One map of labels for each window, from the narrow one to the wide."""
    if not windows:
        raise BadInput("there is no window to draw")
    columns = min(len(windows), 4)
    rows = -(-len(windows) // columns)
    side = WIDTH / max(columns, 2)
    figure = new_figure((side + 0.25) * rows + 0.4, max(side * columns, WIDTH))
    every_axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes in every_axes[len(windows) :]:
        axes.set_axis_off()
    for axes, window in zip(every_axes, windows, strict=False):
        _draw_labels(axes, window, len(classes))
        _mark(axes, window, side)
        axes.set_title(window.title)
    _explain(figure, np.concatenate([window.labels.ravel() for window in windows]), classes)
    return figure


def _draw_labels(axes: Axes, window: Window, classes: int, strength: float = 1.0) -> None:
    colours = np.array([tuple(bytes.fromhex(shade[1:])) for shade in class_colours(classes)], dtype=np.uint8)
    least = 1 / classes
    sure = np.clip((window.certainty - least) / max(1 - least, 1e-9), 0, 1)
    picture = np.empty((*window.labels.shape, 4), dtype=np.uint8)
    picture[..., :3] = colours[window.labels]
    picture[..., 3] = (255 * strength * (_FAINT + (1 - _FAINT) * sure)).round()
    _show(axes, picture)


def _show(axes: Axes, picture: UInt8[np.ndarray, "r r 4"]) -> None:
    axes.imshow(picture, extent=(-1, 1, -1, 1), interpolation="none")
    axes.spines[:].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])


def _mark(axes: Axes, window: Window, inches: float) -> None:
    """The points that the plane goes through, with their names if there is room for them in so many inches."""
    longest = sorted(map(len, window.names))[-2:]
    room = 2 / inches * (_APART + _LETTER * sum(longest))
    for (x, y), name in zip(window.corners, window.names, strict=True):
        axes.plot(x, y, "o", markersize=5, markerfacecolor=PAPER, markeredgecolor=INK, markeredgewidth=1)
        if np.ptp(window.corners, axis=0).max() > room:
            left, below = x > 0, y > _HIGH
            axes.annotate(
                name,
                (x, y),
                (-5 if left else 5, -4 if below else 4),
                textcoords="offset points",
                ha="right" if left else "left",
                va="top" if below else "bottom",
                color=INK,
                weight="bold",
                path_effects=[withStroke(linewidth=2, foreground=PAPER)],
            )


def _explain(figure: Figure, labels: Int[np.ndarray, "..."], classes: Sequence[str]) -> None:
    of_each = np.bincount(labels.ravel(), minlength=len(classes))[: len(classes)]
    present = sorted(sorted(np.flatnonzero(of_each).tolist(), key=lambda label: -of_each[label])[:_NAMED])
    shades = class_colours(len(classes))
    patches = [Patch(color=shades[label], label=classes[label]) for label in present]
    if more := np.count_nonzero(of_each) - len(present):
        patches.append(Patch(facecolor="none", label=f"and {more} more"))
    figure.legend(handles=patches, loc="outside lower center", ncols=10, handlelength=1, columnspacing=1.2)
