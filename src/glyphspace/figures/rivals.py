"""Several recipes side by side: where each seed ended, and how it got there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator

from ..core.errors import BadInput
from .style import BLUE, GREEN, INK, MUTED, ORANGE, PURPLE, new_figure, styled

_PER_ROW = 3  # panels
_HUES = (BLUE, ORANGE, PURPLE, MUTED)  # green is for real images
_STROKES = ("-", "--", ":")


@dataclass(frozen=True, eq=False)
class Finish:
    """One figure of every run at its end: by recipe a value for each seed, and what real images get if known."""

    name: str
    values: Mapping[str, Float[np.ndarray, " seeds"]]
    floor: float | None = None
    is_distance: bool = False  # drawn on a logarithmic axis


@dataclass(frozen=True, eq=False)
class Course:
    """One run on its way: images seen and seconds trained at a few moments, and the value there."""

    seconds: Float[np.ndarray, " moments"]
    images: Float[np.ndarray, " moments"]
    values: Float[np.ndarray, " moments"]


@styled
def finishes(figures: Sequence[Finish]) -> Figure:
    """A panel for each figure and in it a row for each recipe: a dot for each seed, a bar at their mean."""
    if not figures:
        raise BadInput("there are no figures to draw")
    recipes = list(figures[0].values)
    rows = -(-len(figures) // _PER_ROW)
    figure = new_figure(rows * (0.26 * len(recipes) + 0.85))
    grid = figure.subplots(rows, min(_PER_ROW, len(figures)), sharey=True, squeeze=False)
    for axes in grid.flat[len(figures) :]:
        axes.set_visible(False)
    for axes, each in zip(grid.flat, figures, strict=False):
        _draw_finish(axes, each)
        axes.set_yticks(range(len(recipes)), recipes)
        axes.set_ylim(len(recipes) - 0.5, -0.5)
        axes.tick_params(axis="y", labelcolor=INK)
    return figure


def _draw_finish(axes: Axes, figure: Finish) -> None:
    for row, values in enumerate(figure.values.values()):
        if len(values):
            shade = _HUES[row % len(_HUES)]
            axes.plot(
                values, np.full(len(values), row), "o", markersize=4.5, markeredgewidth=0, color=shade, alpha=0.55
            )
            axes.plot(values.mean(), row, "|", markersize=13, markeredgewidth=2, color=shade)
    if figure.floor is not None:
        axes.axvline(figure.floor, color=GREEN, linewidth=1, linestyle=(0, (4, 3)))
    shown = np.concatenate([*figure.values.values(), [] if figure.floor is None else [figure.floor]])
    axes.set_title(figure.name)
    axes.grid(axis="x")
    if figure.is_distance and len(shown) and shown.min() > 0:
        axes.set_xscale("log")
        axes.set_xlim(shown.min() / 1.5, shown.max() * 1.5)
        axes.xaxis.set_major_locator(_few_decades(shown.min() / 1.5, shown.max() * 1.5))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.tick_params(axis="x", which="minor", length=0)
    else:
        axes.margins(x=0.12)
        axes.xaxis.set_major_locator(MaxNLocator(4))


@styled
def courses(quantity: str, runs: Mapping[str, Sequence[Course]], floor: float | None = None) -> Figure:
    """The quantity over time and over images seen: a thin line for each run, a thick one for the mean.

    Args:
        quantity: what is drawn, positive, less being better.
        runs: by recipe the course of each seed.
        floor: what real images get.

    Raises:
        BadInput: no run has a moment to draw.
    """
    every = [course for some in runs.values() for course in some if len(course.values)]
    if not every:
        raise BadInput("no run has left anything to draw on its way")
    figure = new_figure(3.1)
    left, right = figure.subplots(1, 2, sharey=True)
    for axes, x_of, title in ((left, "seconds", "time of training"), (right, "images", "images seen")):
        for position, (recipe, some) in enumerate(runs.items()):
            _draw_courses(axes, [c for c in some if len(c.values)], x_of, position, recipe)
        if floor is not None and floor > 0:
            axes.axhline(floor, color=GREEN, linewidth=1, linestyle=(0, (4, 3)), label="real images")
        axes.set(xscale="log", yscale="log", xlabel=title)
        axes.grid()
        axes.tick_params(axis="both", which="minor", length=0)
        axes.xaxis.set_minor_locator(NullLocator())
    values = np.concatenate([course.values for course in every] + [[floor] if floor else []])
    left.set_ylim(values.min() / 1.3, values.max() * 1.3)
    left.yaxis.set_major_locator(_few_decades(values.min() / 1.3, values.max() * 1.3))
    left.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    left.yaxis.set_minor_formatter(NullFormatter())
    left.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _time(value)))
    _mark_time(left, np.concatenate([course.seconds for course in every]))
    images = np.concatenate([course.images for course in every])
    right.xaxis.set_major_locator(_few_decades(images.min(), images.max()))
    right.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    left.set_title(quantity)
    handles, labels = right.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4, handlelength=1.6, columnspacing=1.6)
    return figure


def _draw_courses(axes: Axes, runs: Sequence[Course], x_of: str, position: int, label: str) -> None:
    if not runs:
        return
    lap, hue = divmod(position, len(_HUES))
    look: dict[str, Any] = {"color": _HUES[hue], "linestyle": _STROKES[lap % len(_STROKES)]}
    for run in runs:
        axes.plot(getattr(run, x_of), run.values, linewidth=0.7, alpha=0.45, **look)
    x, mean = _mean(runs, x_of)
    axes.plot(x, mean, marker="o", markersize=3.2, markeredgewidth=0, label=label, **look)


def _mean(runs: Sequence[Course], x_of: str) -> tuple[Float[np.ndarray, " n"], Float[np.ndarray, " n"]]:
    """The geometric mean of the runs at the moments of the first that all of them have come to."""
    every = [getattr(run, x_of) for run in runs]
    x = np.clip(every[0], max(one[0] for one in every), min(one[-1] for one in every))
    logs = [np.interp(np.log(x), np.log(one), np.log(run.values)) for one, run in zip(every, runs, strict=True)]
    return x, np.exp(np.mean(logs, axis=0))


def _mark_time(axes: Axes, seconds: Float[np.ndarray, " n"]) -> None:
    handy = np.array([0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 36000])
    within = handy[(handy >= 0.8 * seconds.min()) & (handy <= 1.25 * seconds.max())]
    if len(within):
        axes.set_xticks(within)


def _time(seconds: float) -> str:
    size, unit = next((pair for pair in ((3600, "h"), (60, "min")) if seconds >= pair[0]), (1, "s"))
    return f"{seconds / size:g} {unit}"


def _few_decades(least: float, greatest: float) -> LogLocator:
    """Marks at 1, 2 and 5 of each decade where there are few decades, at 1 alone where there are many."""
    return LogLocator(subs=(1.0, 2.0, 5.0) if greatest / least < 40 else (1.0,))
