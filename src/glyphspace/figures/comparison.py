"""Metrics beside their floors, which are the same metrics between two sets of real images."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from ..core.errors import BadInput
from .style import BLUE, GREEN, INK, LINE, MUTED, legend_above, new_figure, styled


@dataclass(frozen=True)
class Measured:
    """A metric of generated images, and the same metric of real ones."""

    name: str
    value: float
    floor: float


@styled
def against_floors(distances: Sequence[Measured], shares: Sequence[Measured]) -> Figure:
    """Two panels of dots, since the two kinds of metric share no unit.

    Args:
        distances: best when small, in any unit: drawn in multiples of their floor, on a logarithmic axis.
        shares: best when near their floor, about 0 to 1: drawn as they are.

    Raises:
        BadInput: nothing to draw, or a distance or its floor is not positive.
    """
    panels = [panel for panel in ((_draw_distances, distances), (_draw_shares, shares)) if panel[1]]
    if not panels:
        raise BadInput("there are no metrics to draw")
    most = max(len(metrics) for _, metrics in panels)
    figure = new_figure(0.3 * most + 0.75)
    for axes, (draw, metrics) in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        draw(axes, metrics)
        axes.set_yticks(range(len(metrics)), [metric.name for metric in metrics])
        axes.set_ylim(most - 0.5, -0.6)
        axes.tick_params(axis="y", labelcolor=INK)
        axes.grid(axis="x")
    legend_above(axes)
    return figure


def _draw_distances(axes: Axes, distances: Sequence[Measured]) -> None:
    for metric in distances:
        if metric.value <= 0 or metric.floor <= 0:
            raise BadInput(f"{metric.name} is not positive and has no multiple; leave it out of the chart")
    multiples = [metric.value / metric.floor for metric in distances]
    for row, multiple in enumerate(multiples):
        _pair(axes, row, multiple, 1.0)
        axes.annotate(_times(multiple), (multiple, row), (0, 6), textcoords="offset points", ha="center", color=MUTED)
    axes.set_xscale("log")
    axes.set_xlim(0.7 * min(1.0, *multiples), 1.8 * max(6.0, *multiples))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}×"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(axis="x", which="minor", length=0)
    axes.set_title("distance, in multiples of that between real images")


def _times(multiple: float) -> str:
    return f"{multiple:,.0f}×" if multiple >= 100 else f"{multiple:.3g}×"


def _draw_shares(axes: Axes, shares: Sequence[Measured]) -> None:
    for row, metric in enumerate(shares):
        _pair(axes, row, metric.value, metric.floor)
    axes.set_xlim(0, 1.04 * max(1.0, *(max(metric.value, metric.floor) for metric in shares)))
    axes.set_title("share")


def _pair(axes: Axes, row: int, value: float, floor: float) -> None:
    label = ("generated", "real") if row == 0 else (None, None)
    axes.plot((value, floor), (row, row), color=LINE, linewidth=2.4, zorder=1)
    axes.plot(value, row, "o", markersize=6.5, markeredgewidth=0, color=BLUE, label=label[0])
    axes.plot(floor, row, "|", markersize=11, markeredgewidth=2.4, color=GREEN, label=label[1])
