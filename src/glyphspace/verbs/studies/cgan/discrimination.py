"""Section 2.2: how often the discriminator is right about real and about generated images of each class, table 3."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ....core.files import Json
from ....report.apart import above, agreed
from ....report.page import Block, Table, Text
from ....report.verdict import Basis, Part, Verdict, mean, spread
from ....report.words import percent
from ....training.recipes import recipes
from ...explore import Findings
from ...explore.discriminator import discriminator
from ...explore.findings import plain
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .advantage import NINE, ONE
from .subjects import NAMES, REFERENCE, RESIDUAL, trained

REAL = (83.6, 48.6, 70.4, 45.6, 64.2, 69.8, 64.4, 72.4, 64.2, 59.6)
FAKE = (80.4, 91.8, 97.0, 96.2, 88.2, 88.4, 92.2, 88.2, 92.2, 97.8)
NEAR = 0.1  # how near to a reported share ours counts as the same
SIDES = ("real", "fake")


def _by_class(bench: Bench) -> Findings:
    """The discriminator on test images and on as many generated ones; in the quick study that of the reference CGAN."""
    recipe = bench.pick(REFERENCE, RESIDUAL)
    runs = trained(bench, recipe)
    found = [discriminator(run.folder, count=bench.pick(2_000, 10_000)) for run in runs]
    last = [(run.history.evaluations or [{}])[-1] for run in runs]
    figures = {name: found[0].figures[name] for name in ("classes", "scores", "surest")}
    numbers = {
        "recipe": recipe,
        "steps": runs[0].step,
        "whole": bench.budget != QUICK,
        "runs": [plain(one.numbers) for one in found],
        "sets": [{name: one.get(f"{name}_accuracy") for name in ("train", "test")} for one in last],
    }
    return Findings("discriminator", found[0].asked, numbers, figures)


def _shares(found: Json, side: str) -> list[list[float]]:
    """Of each seed the shares by class."""
    return [[one["right"][side] for one in run["by class"]] for run in found["runs"]]


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["discriminator"]
    yield Text((f"What is asked about test images, and about as many generated ones, is {_trained(found)}.",))
    yield results.picture(
        "discriminator", "classes", "Accuracy on real and generated images of each class", "Table 3, as it is here."
    )
    yield _table(found)
    yield results.picture(
        "discriminator",
        "scores",
        "Histogram of the scores of real and of generated images",
        "All scores: where the threshold of 0 lies between the two decides which of both is told more often.",
    )
    yield results.picture("discriminator", "surest", "The images with the largest and the smallest scores")
    yield _verdict(found, results["advantage"])


def _trained(found: Json) -> str:
    """Whose discriminator is asked."""
    recipe = found["recipe"]
    return f"the discriminator of {NAMES[recipe]}: {setting(recipes[recipe], found['steps'])}"


def _table(found: Json) -> Table:
    ours = [np.mean(_shares(found, side), axis=0) for side in SIDES]
    rows = tuple(
        (str(of), f"{REAL[of]:.1f}%", f"{FAKE[of]:.1f}%", *(percent(float(side[of])) for side in ours))
        for of in range(len(REAL))
    )
    head = ("class", "real, in the report", "fake, in the report", "real, here", "fake, here")
    return Table(head, rows, "How often the discriminator is right, by class; here the mean of all seeds.")


def _verdict(found: Json, advantage: Json) -> Verdict:
    whole = found["whole"]
    real, fake = (_shares(found, side) for side in SIDES)
    more = [float(sum(f > r for r, f in zip(*each, strict=True))) for each in zip(real, fake, strict=True)]
    ranges = [[max(run) - min(run) for run in side] for side in (real, fake)]
    middles = [[mean(run) for run in side] for side in (real, fake)]
    said = [mean(side) / 100 for side in (REAL, FAKE)]
    gaps = {name: [run["fake"][-1] - run["real"][-1] for run in advantage["runs"][name]] for name in (NINE, ONE)}
    sets = [one for one in found["sets"] if one["train"] is not None]
    parts = (
        Part(
            "fake images are told more often than real ones in nearly every class",
            f"{sum(f > r for r, f in zip(REAL, FAKE, strict=True))} of 10",
            f"{spread(more, '.2g')} of 10",
            agreed(count >= 9 for count in more),
        ),
        Part(
            "its accuracy varies more between classes on real images than on fake ones",
            "45.6–83.6% and 80.4–97.8%",
            f"over {spread(ranges[0], '.1%')} and {spread(ranges[1], '.1%')} from the least to the most",
            agreed(r > f for r, f in zip(*ranges, strict=True)),
        ),
        Part(
            f"on average as often as reported (within {NEAR:.0%})",
            f"real {said[0]:.1%}, fake {said[1]:.1%}",
            f"real {spread(middles[0], '.1%')}, fake {spread(middles[1], '.1%')}",
            agreed(
                all(abs(ours - theirs) < NEAR for ours, theirs in zip(pair, said, strict=True))
                for pair in zip(*middles, strict=True)
            ),
        ),
        Part(
            "an advantage of 9 makes the lead of fake over real larger than one of 1 (while training)",
            "explains it",
            f"by {spread(gaps[NINE], '.1%')} against {spread(gaps[ONE], '.1%')} in the last epoch of each",
            above(gaps[NINE], gaps[ONE]),
        ),
    )
    ranks = spread([run["real above generated"] for run in found["runs"]], ".1%")
    answer = f"A real image scores above a generated one in {ranks} of pairs, whatever the threshold."
    if sets:
        ours = (spread([one[name] for one in sets], ".1%") for name in ("train", "test"))
        answer += " On images that it learned from it is right about {} of real and fake, on test images {}.".format(
            *ours
        )
    if not whole:
        answer += " The claim is of a discriminator that was trained for 30 epochs; this one has hardly begun."
    return Verdict(
        "23",
        "2.2",
        "The discriminator knows fake images better than real ones, of which some classes do badly, and that is "
        "because it had an advantage of 9.",
        parts if whole else tuple(replace(part, holds=None) for part in parts),
        Basis(_trained(found), len(found["runs"])),
        answer,
    )


STEPS = (Step("discriminator", _by_class),)
CHAPTERS = (Chapter("2.2 Each class before the discriminator", "discriminator", ("discriminator", "advantage"), _tell),)
