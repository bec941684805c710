"""Section 2.4: from one z to another within a class, and from the embedding of one class to that of another."""

from collections import Counter
from collections.abc import Iterator

import torch
from torch import Tensor

from ....core.files import Json
from ....figures.rows import Row, captioned_rows
from ....latent.labelled import LabelledLatents, join, label_asked
from ....latent.prior import normal
from ....latent.routes import Routes, choose_pairs, travel
from ....nets.model import Model
from ....report.apart import agreed
from ....report.page import Block, Text
from ....report.verdict import Part, Verdict, mean, spread
from ....report.words import listed, percent
from ...explore import Findings
from ...explore.subject import captions, certain, draw, subject
from ..frame import Bench, Chapter, Results, Step
from .subjects import ABLE, basis, explored, how_able, only_if_able, reader

STEPS_OF_PATH = 11
WITHIN = 3  # the class of the report's figure 11
BETWEEN = ((2, 8), (3, 1))  # its figures 12 and 13
SEEN_AT_3_TO_1 = 9
SHOWN = 2  # paths of each kind
LESS = 0.1  # of a certainty: what is lower by that is lower
OFTEN = 0.5  # the share of paths from which on something is usual


def _paths(bench: Bench) -> Findings:
    """The report's paths, each with z = 0 and with many z; and as many between classes and latents drawn by chance."""
    count = bench.pick(100, 500)
    runs: list[Json] = []
    rows: list[Row] = []
    models = explored(bench)
    for generator in models:
        bench.breathe()
        within, between = _within(generator, count), {ends: _between(generator, *ends, count) for ends in BETWEEN}
        runs.append(
            {
                "within": _told(within, (WITHIN, WITHIN)),
                "between": {f"{ends[0]} to {ends[1]}": _told(routes, ends) for ends, routes in between.items()},
                "every": _every(generator, 2 * count),
            }
        )
        if not rows:
            named = {f"z of a {WITHIN}": within, **{f"{a} to {b}": one for (a, b), one in between.items()}}
            rows = [_row(name, one.path(number)) for name, one in named.items() for number in range(SHOWN)]
    return Findings("paths", {"seeds": len(runs), "paths": count}, {"runs": runs}, {"paths": captioned_rows(rows)})


def _of_class(generator: Model, of: int, latents: Tensor) -> LabelledLatents:
    return label_asked(generator, reader(), latents, torch.full((len(latents),), of))


def _latents(generator: Model, count: int) -> Tensor:
    """z = 0, with which the report's paths begin, and others."""
    z_dim = int(generator.net.z_dim)  # type: ignore[arg-type]
    return torch.cat([torch.zeros(1, z_dim), normal(count - 1, z_dim, 0, "paths")])


def _within(generator: Model, count: int) -> Routes:
    """From each latent to the next, on straight lines, the class told throughout."""
    some = _of_class(generator, WITHIN, _latents(generator, count + 1))
    pairs = torch.stack([torch.arange(count), torch.arange(1, count + 1)], dim=1)
    return travel(generator, reader(), some, pairs, "linear", STEPS_OF_PATH)


def _between(generator: Model, first: int, last: int, count: int) -> Routes:
    """From the embedding of one class to that of another, z staying what it is."""
    latents = _latents(generator, count)
    starts, ends = (_of_class(generator, of, latents) for of in (first, last))
    pairs = torch.stack([torch.arange(count), torch.arange(count, 2 * count)], dim=1)
    return travel(generator, reader(), join([starts, ends]), pairs, "linear", STEPS_OF_PATH, of="conditions")


def _every(generator: Model, count: int) -> float | None:
    """The share of ways between classes, chosen by chance, that lead through a third; None where all read as one."""
    _, ends = certain(draw(subject(generator, reader()), 2_000, 0), 0.95)
    if len(ends.labels.unique()) < 2:
        return None
    pairs = choose_pairs(ends.labels, count, 0, "classes")
    return travel(generator, reader(), ends, pairs, "linear", STEPS_OF_PATH, of="conditions").pass_through_others


def _told(routes: Routes, asked: tuple[int, int]) -> Json:
    """How many ends are what was asked for, how many paths leave their classes, for which, and how certainty runs."""
    strange = [set(row) - set(ends) for row, ends in zip(routes.labels.tolist(), routes.ends.tolist(), strict=True)]
    counts = Counter(of for some in strange for of in some)
    return {
        "ends as asked": float((routes.ends == torch.tensor(asked)).double().mean()),
        "through others": routes.pass_through_others,
        "others": {routes.along.classes[of]: number / len(strange) for of, number in counts.most_common()},
        "certainty": routes.certainty,
    }


def _row(title: str, along: LabelledLatents) -> Row:
    return Row(title, along.images.numpy(), captions(along))


def _tell(results: Results) -> Iterator[Block | Verdict]:
    runs = results["paths"]["runs"]
    yield Text((how_able(results["classes"]),))
    yield results.picture(
        "paths",
        "paths",
        "Paths of z within a class, and between the embeddings of classes",
        "Figures 11 to 13: from z = 0 to another z of a class and on to a third, and from the embedding of one class "
        "to that of another, once with z = 0 and once with another z.",
    )
    yield _verdict(runs, results["classes"])


def _verdict(runs: list[Json], classes: Json) -> Verdict:
    within = [run["within"] for run in runs]
    stays = [1 - one["through others"] for one in within]
    two, three = ([run["between"][f"{a} to {b}"] for run in runs] for a, b in BETWEEN)
    nines = [one["others"].get(str(SEEN_AT_3_TO_1), 0.0) for one in three]
    courses = [[one["certainty"] for one in run["between"].values()] for run in runs]
    ends = [mean([mean([some[0], some[-1]]) for some in course]) for course in courses]
    middles = [mean([min(some[1:-1]) for some in course]) for course in courses]

    def part(says: str, reported: str, found: str, holds: bool | None, *, of: list[Json]) -> Part:
        """A part about these paths, untold where their ends are not what was asked for."""
        return Part(says, reported, found, holds if min(one["ends as asked"] for one in of) >= ABLE else None)

    parts = (
        part(
            f"between two z of a {WITHIN} images stay of that class",
            "one path",
            f"on {spread(stays, '.0%')} of paths",
            agreed(share > 1 - OFTEN for share in stays),
            of=within,
        ),
        part(
            "from the embedding of 2 to that of 8 no other class appears",
            "one path",
            _through(two),
            agreed(one["through others"] < OFTEN for one in two),
            of=two,
        ),
        part(
            f"from 3 to 1 another appears, the {SEEN_AT_3_TO_1}",
            "one path",
            f"{SEEN_AT_3_TO_1} on {spread(nines, '.0%')} of paths; {_through(three)}",
            agreed(share >= OFTEN for share in nines),
            of=three,
        ),
        part(
            f"images in the middle are mixtures, read less surely than those at the ends (by {LESS:.0%} or more)",
            "not satisfying",
            f"on these two ways mean certainty is {spread(ends, '.2f')} at the ends and, between them, "
            f"{spread(middles, '.2f')} at the least",
            agreed(middle < (1 - LESS) * end for middle, end in zip(middles, ends, strict=True)),
            of=[*two, *three],
        ),
    )
    return Verdict(
        "26",
        "2.4",
        "Between two z of a class the change is smooth; between the embeddings of two classes images pass through "
        "mixtures and sometimes other classes, from 3 to 1 through 9.",
        only_if_able(classes, parts),
        basis(classes),
        _answer([run["every"] for run in runs]),
    )


def _answer(every: list[float | None]) -> str:
    """What is said of all ways between two classes, by the generators that draw more than one."""
    known = [share for share in every if share is not None]
    if not known:
        return "All images are read as one class, and no way leads to another."
    return (
        f"Of all ways between two classes, {spread(known, '.0%')} lead through a third; which one it is, is a matter "
        "of where the embeddings came to lie, and so of the seed."
    )


def _through(routes: list[Json]) -> str:
    """On how many paths other classes appear, and which most."""
    share = spread([one["through others"] for one in routes], ".0%")
    most = [f"{name} on {percent(often, 0)}" for one in routes for name, often in list(one["others"].items())[:2]]
    return f"others on {share}" + (f" ({listed(most)})" if most else "")


STEPS = (Step("paths", _paths),)
CHAPTERS = (Chapter("2.4 Paths", "paths", ("paths", "classes"), _tell),)
