"""The page of a comparison: recipes that were trained for the same time, from several seeds each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from ..figures.grids import image_grid
from ..figures.rivals import Course, Finish, courses, finishes
from ..figures.save import to_svg
from .embed import png
from .page import Block, Code, Page, Picture, Pictures, Section, Table, Text
from .words import NO_BREAK, duration, listed, numeral, title_of

COLUMNS = 6  # of a sheet that stands beside others


@dataclass(frozen=True)
class Quantity:
    """A figure that runs are compared by: its name, how it is written, whether less is better, and what it says."""

    name: str
    written: str
    is_distance: bool
    meaning: str


@dataclass(frozen=True, eq=False)
class Entry:
    """One run of the comparison.

    Attributes:
        failure: what went wrong, in words; None where nothing did.
        lost: classes that it hardly draws.
        steps, images, seconds: of training; none of a run that diverged.
        figures: by the name of a `Quantity`; none of a run that diverged.
        course: the figure of the curves at moments on the way.
    """

    seed: int
    failure: str | None
    lost: tuple[str, ...]
    steps: int
    images: int
    seconds: float
    figures: Mapping[str, float]
    course: Course


@dataclass(frozen=True, eq=False)
class Rival:
    """A recipe, what its nets are, its runs, and the first images of the first run that made any."""

    name: str
    summary: str
    parameters: int
    entries: tuple[Entry, ...]
    sheet: UInt8[np.ndarray, "n *stack 28 28"] | None = None

    def values(self, quantity: str) -> np.ndarray:
        """The quantity of each run that has it."""
        return np.array([e.figures[quantity] for e in self.entries if quantity in e.figures], dtype=np.float64)

    @property
    def failed(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.failure)


@dataclass(frozen=True, eq=False)
class Comparison:
    """All that the page tells.

    Attributes:
        network: what judged, in words; None for classifiers, which judge themselves.
        measured_on: "10,000 test images", "5,000 held-out training images", "26,000 stacked images that it drew".
        floor: what real training images get, by quantity.
        curve: what the curves show; curve_floor: what real images get.
        fields: what the recipes do not share, as rows of name and a value for each rival.
        command: that made the page.
    """

    dataset: str
    minutes: float
    rivals: tuple[Rival, ...]
    quantities: tuple[Quantity, ...]
    network: str | None
    measured_on: str
    floor: Mapping[str, float]
    curve: str
    curve_floor: float | None
    real: UInt8[np.ndarray, "n *stack 28 28"] | None
    fields: tuple[tuple[str, ...], ...]
    command: str

    @property
    def seeds(self) -> int:
        return max(len(rival.entries) for rival in self.rivals)


def compare_page(found: Comparison) -> Page:
    """The page, from the figures at the end to the recipes' fields."""
    names = [rival.name for rival in found.rivals]
    sections = [
        Section("How good at the end", "figures", tuple(_tell_figures(found))),
        Section("On the way there", "courses", tuple(_tell_courses(found))),
        Section("How fast, how reliably", "speed", tuple(_tell_speed(found))),
        *([Section("What they draw", "samples", tuple(_tell_sheets(found)))] if found.real is not None else []),
        Section("What was compared", "recipes", tuple(_tell_recipes(found))),
    ]
    seeds = f"{found.seeds} seed{'s' if found.seeds > 1 else ''} each"
    return Page(
        f"{listed(names)} on {title_of(found.dataset)}",
        f"The same {duration(60 * found.minutes)} of training, {seeds}.",
        tuple(sections),
        tuple(_headline(found)),
    )


def _headline(found: Comparison) -> Iterator[tuple[str, str]]:
    for first in found.quantities[:1]:  # there are none where no run has ended
        measured = [(rival, rival.values(first.name)) for rival in found.rivals]
        known = [(rival, values.mean()) for rival, values in measured if len(values)]
        if known:
            best, value = (min if first.is_distance else max)(known, key=lambda pair: pair[1])
            yield f"best {first.name}", f"{value:{first.written}}"
            yield "by", best.name
    yield "runs", str(sum(len(rival.entries) for rival in found.rivals))
    yield "failed", str(sum(len(rival.failed) for rival in found.rivals))


def _tell_figures(found: Comparison) -> Iterator[Block]:
    yield Text(
        (
            _told_measured(found),
            "Figures are means over the seeds, and behind ± the standard deviation from seed to seed. A difference "
            "smaller than that says little.",
        )
    )
    drawn = [one for one in (_finish(found, each) for each in found.quantities) if any(map(len, one.values.values()))]
    if not drawn:
        yield Text(("No run has ended with anything to measure.",))
        return
    yield Picture(
        to_svg(finishes(drawn[:6])),
        f"Dots of {listed([one.name for one in drawn[:6]])} for each recipe and seed",
        "A dot for each seed, a bar at their mean"
        + ("; the dashed line is what real images get." if found.floor else "."),
    )
    for start in range(0, len(found.quantities), 5):
        some = found.quantities[start : start + 5]
        rows = [(rival.name, *(_spread(rival.values(q.name), q.written) for q in some)) for rival in found.rivals]
        if found.floor:
            rows.append(("real images", *(_one(found.floor.get(q.name), q.written) for q in some)))
        yield Table(("recipe", *(q.name for q in some)), tuple(rows))
    yield Table(
        ("figure", "better", "what it says"),
        tuple((q.name, "↓ less" if q.is_distance else "↑ more", q.meaning) for q in found.quantities),
        align="lll",
    )


def _told_measured(found: Comparison) -> str:
    """What the figures rest on, and whether a choice may rest on them."""
    if "stacked" in found.measured_on:
        return (
            f"Each run was measured at its end on {found.measured_on}: {found.network} read each channel, and the "
            "combinations of what it read were counted. A choice may rest on the choosing network (--hold-out), so "
            "that the judging one judges what it did not choose."
        )
    judged = f", by the features of {found.network}" if found.network else ""
    return f"Each run was measured at its end on {found.measured_on}{judged}. " + (
        "Neither the runs nor that network were trained on these images, and the test images were not looked at, so "
        "that a choice may rest on these figures."
        if "held-out" in found.measured_on
        else "Whoever chooses a recipe by these figures has used the test images up; --hold-out keeps them."
    )


def _finish(found: Comparison, quantity: Quantity) -> Finish:
    values = {rival.name: rival.values(quantity.name) for rival in found.rivals}
    return Finish(quantity.name, values, found.floor.get(quantity.name), quantity.is_distance)


def _tell_courses(found: Comparison) -> Iterator[Block]:
    runs = {rival.name: [entry.course for entry in rival.entries] for rival in found.rivals}
    if not any(len(course.values) for some in runs.values() for course in some):
        yield Text(("No run has come far enough to leave anything on its way.",))
        return
    yield Text(
        (
            f"At a few moments of each run its model was set aside, and measured afterwards: {found.curve}. The clock "
            "stood still meanwhile. The curves over time say which recipe to take; those over images, which learns "
            "most from each.",
        )
    )
    yield Picture(
        to_svg(courses(found.curve, runs, found.curve_floor)),
        f"Curves of {found.curve} over time and over images seen, for each recipe",
        "Thin lines are single runs, thick ones their mean.",
    )


def _tell_speed(found: Comparison) -> Iterator[Block]:
    rows = []
    for rival in found.rivals:
        ran = [entry for entry in rival.entries if entry.seconds]
        speeds = np.array([entry.images / entry.seconds for entry in ran])
        rows.append(
            (
                rival.name,
                f"{rival.parameters:,}",
                _spread(speeds, ",.0f"),
                _spread(np.array([float(entry.images) for entry in ran]), ",.0f"),
                _spread(np.array([entry.seconds for entry in ran]), ".1f"),
                f"{len(rival.failed)} of {len(rival.entries)}",
            )
        )
    head = ("recipe", "parameters", "images/s", "images seen", "seconds", "failed")
    yield Table(head, tuple(rows))
    troubles = [
        (rival.name, str(entry.seed), entry.failure or f"hardly draws {listed(entry.lost)}")
        for rival in found.rivals
        for entry in rival.entries
        if entry.failure or entry.lost
    ]
    if troubles:
        yield Table(("recipe", "seed", "what went wrong"), tuple(troubles), "Runs that failed or lost a class", "lrl")
        yield Text(
            (
                "A run has failed when a loss was no longer a number, or when all of its samples look alike. A class "
                "counts as lost when it comes less than a tenth as often as among real images.",
            )
        )
    else:
        yield Text(("No run failed, and none lost a class.",))


def _tell_sheets(found: Comparison) -> Iterator[Block]:
    assert found.real is not None
    yield Text(("The first images that the first run of each recipe draws, not chosen, beside real ones.",))
    sheets = [_sheet(rival.sheet, rival.name) for rival in found.rivals if rival.sheet is not None]
    yield Pictures((*sheets, _sheet(found.real, "real images")))


def _sheet(images: UInt8[np.ndarray, "n *stack 28 28"], caption: str) -> Picture:
    sheet = image_grid(images, COLUMNS, palette="ink")
    return Picture(png(sheet), f"Sheet of {len(images)} characters: {caption}", caption, "glyphs")


def _tell_recipes(found: Comparison) -> Iterator[Block]:
    names = [rival.name for rival in found.rivals]
    yield Table(("recipe", "what it is"), tuple((rival.name, rival.summary) for rival in found.rivals), align="ll")
    if found.fields:
        yield Table(("field", *names), found.fields, "What the recipes do not share")
    yield Text(("Every run lies beside this page, with its own checkpoint and models. The same command goes on:",))
    yield Code(found.command)


def _spread(values: Sequence[float] | np.ndarray, written: str) -> str:
    if not len(values):
        return "—"
    mean = _one(float(np.mean(values)), written)
    return f"{mean}{NO_BREAK}±{NO_BREAK}{np.std(values, ddof=1):{written}}" if len(values) > 1 else mean


def _one(value: float | None, written: str) -> str:
    return "—" if value is None else numeral(value, written)
