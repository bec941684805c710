"""How fast trainings get good: a distance and the classes covered against seconds, in steps that multiply."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from ..core.errors import BadInput
from .style import BLUE, GREEN, INK, MUTED, ORANGE, PURPLE, new_figure, styled

Course = Sequence[Float[np.ndarray, "3 _"]]
"""Of each seed the seconds at which it was looked at, the distances then, and how many classes were covered."""


@styled
def race(courses: Mapping[str, Course], floor: float, ours: Sequence[str] = ()) -> Figure:
    """Fréchet distance, and below it classes covered, against seconds of training: a line for each seed.

    Args:
        courses: by the name of the training, which stands where its distances end.
        floor: the distance of real images, which no training gets below but by chance.
        ours: those drawn in blue; each other has a colour of its own.

    Raises:
        BadInput: nothing to draw, or a time or distance that is not positive.
    """
    if not courses or any((each[:2] <= 0).any() for course in courses.values() for each in course):
        raise BadInput("a race needs trainings whose seconds and distances are positive")
    figure = new_figure(4.7)
    above, below = figure.subplots(2, sharex=True, height_ratios=(5, 2), gridspec_kw={"hspace": 0.08})
    styles = _styles([name for name in courses if name in ours], [name for name in courses if name not in ours])
    for name, course in courses.items():
        for seconds, distances, classes in course:
            above.plot(seconds, distances, linewidth=1.1, alpha=0.8, **styles[name])
            below.plot(seconds, classes, linewidth=1.1, alpha=0.8, **styles[name])
    above.axhline(floor, color=GREEN, linewidth=1)
    above.set_xscale("log")
    above.set_yscale("log")
    above.margins(x=0.02)
    ends = {name: float(np.median([each[1, -1] for each in course])) for name, course in courses.items()}
    _name_ends(above, ends, styles)
    above.annotate("real images", (above.get_xlim()[0], floor), (2, 3), textcoords="offset points", color=GREEN)
    plain = FuncFormatter(lambda value, _: f"{value:,g}")
    for axis in (below.xaxis, above.yaxis):
        axis.set_major_formatter(plain)
        axis.set_minor_formatter(NullFormatter())
    below.set_ylim(bottom=0)
    below.yaxis.set_major_locator(MaxNLocator(3, steps=(1, 5, 10), integer=True))
    for axes, title in ((above, "Fréchet distance"), (below, "classes covered")):
        axes.tick_params(which="minor", length=0)
        axes.grid(axis="y")
        axes.set_title(title)
    above.tick_params(axis="x", length=0)
    above.spines.bottom.set_visible(False)
    below.set_xlabel("seconds of training")
    return figure


def _styles(ours: Sequence[str], others: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is ours is blue, and told apart by dashes; the others have a colour each."""
    dashes, shades = cycle(("-", (0, (4, 2)), ":")), cycle((ORANGE, PURPLE, INK, MUTED))
    told = {name: {"color": BLUE, "linestyle": dash} for name, dash in zip(ours, dashes, strict=False)}
    return told | {name: {"color": shade} for name, shade in zip(others, shades, strict=False)}


def _name_ends(axes: Axes, ends: Mapping[str, float], styles: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the names right of all lines, each with its stroke, at the height where its own ends, none on another."""
    low, high = axes.get_ylim()
    first, last = axes.get_xlim()
    step, above = (high / low) ** 0.06, np.inf  # a line of type, as a multiple
    for name, distance in sorted(ends.items(), key=lambda end: -end[1]):
        above = min(distance, above / step)
        stroke = [last * (last / first) ** share for share in (0.015, 0.04)]
        axes.plot(stroke, [above] * 2, linewidth=1.1, clip_on=False, **styles[name])
        place = last * (last / first) ** 0.05
        axes.annotate(name, (place, above), va="center", color=styles[name]["color"], annotation_clip=False)
    axes.set_xlim(first, last)
    axes.set_ylim(low, high)
