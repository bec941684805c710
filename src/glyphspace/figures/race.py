"""How fast trainings get good: a distance against seconds, both in steps that multiply."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from ..core.errors import BadInput
from .style import BLUE, GREEN, INK, MUTED, ORANGE, PURPLE, new_figure, styled

Course = Sequence[Float[np.ndarray, "2 looks"]]
"""Of each seed the seconds and the distances at which it was looked at."""


@styled
def race(courses: Mapping[str, Course], floor: float, ours: Sequence[str] = ()) -> Figure:
    """Fréchet distance against seconds of training: a line for each seed, and the name where they end.

    Args:
        courses: by the name of the training.
        floor: the distance of real images, which no training gets below but by chance.
        ours: those drawn in blue; each other has a colour of its own.

    Raises:
        BadInput: nothing to draw, or a time or distance that is not positive.
    """
    if not courses or any((each <= 0).any() for course in courses.values() for each in course):
        raise BadInput("a race needs trainings whose seconds and distances are positive")
    figure = new_figure(3.4)
    axes = figure.subplots()
    styles = _styles([name for name in courses if name in ours], [name for name in courses if name not in ours])
    for name, course in courses.items():
        for seconds, distances in course:
            axes.plot(seconds, distances, linewidth=1.1, alpha=0.8, **styles[name])
    axes.axhline(floor, color=GREEN, linewidth=1)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.margins(x=0.02)
    ends = {name: float(np.median([each[1, -1] for each in course])) for name, course in courses.items()}
    _name_ends(axes, ends, styles)
    axes.annotate("real images", (axes.get_xlim()[0], floor), (2, 3), textcoords="offset points", color=GREEN)
    plain = FuncFormatter(lambda value, _: f"{value:g}")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(plain)
        axis.set_minor_formatter(NullFormatter())
    axes.tick_params(which="minor", length=0)
    axes.grid(axis="y")
    axes.set_title("Fréchet distance")
    axes.set_xlabel("seconds of training")
    return figure


def _styles(ours: Sequence[str], others: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is ours is blue, and told apart by dashes; the others have a colour each."""
    dashes, shades = cycle(("-", (0, (4, 2)), ":")), cycle((ORANGE, PURPLE, INK, MUTED))
    told = {name: {"color": BLUE, "linestyle": dash} for name, dash in zip(ours, dashes, strict=False)}
    return told | {name: {"color": shade} for name, shade in zip(others, shades, strict=False)}


def _name_ends(axes: Axes, ends: Mapping[str, float], styles: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the names to the right of all lines, each at the height where its own ends, none on another."""
    low, high = axes.get_ylim()
    first, last = axes.get_xlim()
    step, above = (high / low) ** 0.06, np.inf  # a line of type, as a multiple
    for name, distance in sorted(ends.items(), key=lambda end: -end[1]):
        above = min(distance, above / step)
        place = last * (last / first) ** 0.02
        axes.annotate(name, (place, above), va="center", color=styles[name]["color"], annotation_clip=False)
