"""Question 3.3: whether training past a discriminator at chance ruins the generator."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ....core.files import Json
from ....figures.lines import lines
from ....nets.model import Model, load_model
from ....report.apart import agreed
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, mean, number, spread
from ....training.beginning import spec_of
from ....training.recipes import GanRecipe
from ....zoo import load_shipped
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .quality import quality, samples
from .subjects import dcgan, dcgan_runs, dcgan_with_logits, of_generators, seeds

LEARNS, STAYS, OWN = "a new discriminator that learns", "a new one that does not", "its own goes on"
ARMS = (LEARNS, STAYS, OWN)
END = slice(-1, None)  # the last moment
ENDING = 50  # steps
CHANCE, NEAR = 0.5, 0.05
WORSE = 1.2  # times the Fréchet distance from which on images count as worse


def _past(bench: Bench) -> Findings:
    """A good generator trained on: against a discriminator at chance that learns, one that does not, and its own."""
    moments = bench.pick((50, 100, 200), (50, 100, 200, 400, 800, 1_600))
    found: dict[str, list[Json]] = {}
    for arm in bench.pick((LEARNS, STAYS), ARMS):
        changes: Json = {"discriminator_rate": 0.0} if arm == STAYS else {}
        found[arm] = [_go_on(bench, arm, changes, moments, seed) for seed in seeds(bench)]
    x = np.array([0, *moments])
    means = {arm: np.mean([run["distances"] for run in runs], axis=0) for arm, runs in found.items()}
    figure = lines("Fréchet distance", "steps of training on", x, means, scale="log", marks=True)
    numbers = {
        "of": of_generators(bench),
        "setting": setting(_recipe(bench), moments[-1]),
        "whole": bench.budget != QUICK,
        "steps": moments,
        "runs": found,
    }
    return Findings("past", {"moments": moments}, numbers, {"distances": figure})


def _recipe(bench: Bench, **changes: Any) -> GanRecipe:
    if bench.budget == QUICK:
        nets = {"generator": spec_of(load_shipped("digits")), "discriminator": "fast:width=32", "batch_size": 32}
        return dcgan_with_logits(bench, **nets, **changes)
    return dcgan(bench, **changes)


def _go_on(bench: Bench, arm: str, changes: Json, moments: tuple[int, ...], seed: int) -> Json:
    """The distances before and at each moment, and how often the discriminator was right at first and in the end."""
    init: Model | Path
    if bench.budget == QUICK:
        began = init = load_shipped("digits")
    else:
        run = dcgan_runs(bench)[seed]
        began = run.models["generator"]
        init = run.folder if arm == OWN else began  # a folder has its discriminator too
    name = f"past-{list(ARMS).index(arm)}-{seed}"
    recipe = _recipe(bench, **changes)
    run = bench.train(recipe, name, keep=moments, init=init, seed=seed, steps=moments[-1])
    models = [began, *(load_model(bench.kept(name, step)) for step in moments)]
    sides = [run.history.column(f"{side}_accuracy") for side in ("real", "fake")]
    return {
        "distances": [quality(model, samples(bench)).distance for model in models],
        "accuracy at first": float(np.mean([side[0] for side in sides])),
        "accuracy at the end": float(np.mean([side[-ENDING:].mean() for side in sides])),
    }


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["past"]
    yield results.picture(
        "past",
        "distances",
        "Fréchet distance over the steps of training on, by what becomes of the discriminator",
        f"{found['of'][0].upper()}{found['of'][1:]} trained on. A new discriminator is at chance to begin with.",
    )
    yield judge_past(found, results["training"], results["collapse"])


def judge_past(found: Json, training: Json, course: Json) -> Verdict:
    """The verdict on claim 37.

    Args:
        found: of training on; training: where the accuracy of whole runs settles; course: their quality on the way.
    """
    runs, whole = found["runs"], found["whole"]

    def multiples(arm: str, moment: slice) -> list[float]:
        """The largest distance among these moments, in multiples of the one before."""
        return [max(run["distances"][1:][moment]) / run["distances"][0] for run in runs[arm]]

    stays, learns, worst = multiples(STAYS, END), multiples(LEARNS, END), multiples(LEARNS, slice(None))
    chance = [run["accuracy at first"] for arm in (LEARNS, STAYS) for run in runs[arm]]
    accuracy = training["accuracy"]
    best = [min(quality["distance"] for quality in run) for run in course["runs"]]
    last = [run[-1]["distance"] for run in course["runs"]]
    own = f"; with {OWN} {spread(multiples(OWN, END), '.2g')} times" if OWN in runs else ""
    return Verdict(
        "37",
        "Q.3.3",
        "A generator that succeeds brings the discriminator down to an accuracy of 50%; training on past that point, "
        "on feedback that is junk, its quality may collapse.",
        (
            Part(
                f"the discriminator’s accuracy comes to 50% (within {100 * NEAR:g} points)",
                "50%",
                f"{spread(accuracy, '.1%')} at the end of {training['setting']}",
                agreed(abs(value - CHANCE) < NEAR for value in accuracy) if whole else None,
            ),
            Part(
                f"whole runs end in worse images than they had ({WORSE} times the Fréchet distance)",
                "may collapse",
                f"{spread(last, '.2f')} at the end, {spread(best, '.2f')} at the best moment",
                agreed(end > WORSE * least for end, least in zip(last, best, strict=True)) if whole else None,
            ),
            Part(
                "feedback that stays junk ruins a good generator (twice the distance)",
                "may collapse",
                f"{spread(stays, '.3g')} times the distance after {found['steps'][-1]:,} steps, against a new "
                "discriminator that does not learn",
                agreed(times > 2 for times in stays),
            ),
            Part(
                "a discriminator at chance that learns sets it back for a while",
                "—",
                f"at worst {spread(worst, '.3g')} times the distance",
                agreed(times > WORSE for times in worst),
            ),
            Part(
                "… and for good",
                "may collapse",
                f"{spread(learns, '.3g')} times after {found['steps'][-1]:,} steps{own}",
                agreed(times > WORSE for times in learns) if whole else None,
            ),
        ),
        Basis(f"{found['of']}, trained on ({found['setting']})", len(runs[LEARNS])),
        f"A new discriminator tells "
        f"{number(mean(chance), '.0%')} rightly in its first step, and the one that learns "
        f"{spread([run['accuracy at the end'] for run in runs[LEARNS]], '.0%')} in the end. It is at chance because it "
        "knows nothing, not because the images are perfect; what it tells the generator is junk either way.",
    )


STEPS = (Step("past", _past),)
CONVERGENCE = Chapter("Q.3.3 Training past chance", "past", ("past", "training", "collapse"), _tell)
