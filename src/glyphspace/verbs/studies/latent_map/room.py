"""Part 2: how much room each digit takes on the maps of images, and which digits lie where."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ....core.files import Json
from ....report.page import Block, Pictures
from ....report.verdict import Part, Verdict, mean
from ..frame import Chapter, Results
from .maps import IMAGES
from .subjects import basis

FIGURES = {
    "areas": "How much of the map of images each digit occupies",
    "starts": "Maps of the same images from several random starts",
    "distances": "Distances between classes over the starts, and their spread",
}


def _tell(results: Results) -> Iterator[Block | Verdict]:
    sizes = {step: results[step] for step in ("small", "large")}
    for figure, alt in FIGURES.items():
        both = (
            results.picture(
                step, f"{figure}-{IMAGES}", f"{alt}, {found['count']:,} points", f"{found['count']:,} points."
            )
            for step, found in sizes.items()
        )
        yield Pictures(tuple(both), f"{alt}.")
    yield _verdict({f"{found['count']:,}": found["runs"] for found in sizes.values()}, results["subjects"])


def _verdict(both: Mapping[str, list[Json]], subjects: Json) -> Verdict:
    """The verdict on claim 31.

    Args:
        both: by the number of points, what was found of each generator's maps.
    """
    most = {count: [" and ".join(sorted(digits[:2])) for digits in _ranked(runs)] for count, runs in both.items()}
    least = {count: [digits[-1] for digits in _ranked(runs)] for count, runs in both.items()}
    near = {count: _nearest(runs, 1) for count, runs in both.items()}
    opposite = {count: [_farthest(run, 0) for run in runs] for count, runs in both.items()}
    shares = {count: [_share(run, 1) for run in runs] for count, runs in both.items()}
    few, many = both
    common = mean([_agreement(run)["neighbours shared"] for run in both[many]])
    return Verdict(
        "31",
        "Part 2",
        "1 and 7 occupy most room and 8 least, since simple digits fool the discriminator more easily; 0 and 1 are "
        "always opposite and 1 and 7 near each other, with 1,000 points and with 10,000.",
        (
            Part("1 and 7 occupy most", "1 and 7", _tally(most), _always(most, "1 and 7")),
            Part("8 occupies least", "8", _tally(least), _always(least, "8")),
            Part(
                "a digit's room says how often it is drawn (within 2 points)",
                "fools more easily",
                "; ".join(f"1 has {_percents(some)} with {count}" for count, some in shares.items()),
                all(abs(area - share) < 0.02 for some in shares.values() for area, share in some),
            ),
            Part("0 is farthest from 1", "always", _tally(opposite), _always(opposite, "1")),
            Part("1 is nearest to 7", "always", _tally(near), _always(near, "7")),
        ),
        basis(subjects, f"maps of {few} and of {many} points"),
        "A map is drawn again from several starts. The claim is of all maps, so that one map on which it is not so "
        "refutes a part of it; areas and what is farthest are means over the starts. Maps from several starts share "
        f"{common:.0%} of a point's neighbours.",
    )


def _agreement(run: Json) -> Json:
    """What maps from several starts have in common."""
    return dict(run["spaces"][IMAGES]["agreement"])


def _ranked(runs: list[Json]) -> list[list[str]]:
    """The classes by their area on each map, the largest first."""
    return [
        [run["classes"][of] for of in sorted(range(len(area)), key=area.__getitem__, reverse=True)]
        for run in runs
        for area in _agreement(run)["areas on each map"]
    ]


def _nearest(runs: list[Json], of: int) -> list[str]:
    """The class that is nearest to this one on each map; none where only one of the two or neither is drawn."""
    nearest = ((run["classes"], near[of]) for run in runs for near in _agreement(run)["nearest class on each map"])
    return [classes[place] if place >= 0 else "none" for classes, place in nearest]


def _farthest(run: Json, of: int) -> str:
    """The class that is farthest from this one, on average over the starts; none as for `_nearest`."""
    row = _agreement(run)["class distances"][of]
    others = {name: row[i] for i, name in enumerate(run["classes"]) if i != of and row[i] is not None}
    return max(others, key=others.__getitem__, default="none")


def _share(run: Json, of: int) -> tuple[float, float]:
    """A class's share of the map, the mean over the starts, and of the points."""
    return mean([area[of] for area in _agreement(run)["areas on each map"]]), run["shares of the points"][of]


def _percents(shares: list[tuple[float, float]]) -> str:
    areas, points = zip(*shares, strict=True)
    return f"{mean(areas):.0%} of the map and {mean(points):.0%} of the points"


def _tally(answers: Mapping[str, list[str]]) -> str:
    """What the maps show, and how many of them, by the number of points."""
    counted = {name: Counter(some).most_common() for name, some in answers.items()}
    return "; ".join(
        f"{', '.join(f'{answer} on {count}' for answer, count in some)} of {len(answers[name])} with {name} points"
        for name, some in counted.items()
    )


def _always(answers: Mapping[str, list[str]], wanted: str) -> bool:
    return all(answer == wanted for some in answers.values() for answer in some)


ROOM = Chapter("2 How much room each digit takes", "room", ("subjects", "small", "large"), _tell)
