"""Question 5 and figure 2: the conditional WGAN on Fashion-MNIST draws what it is asked for."""

from collections.abc import Iterator

import torch

from ....core.files import Json
from ....data import load_dataset
from ....figures.rows import Row, captioned_rows
from ....latent.decode import conditions, decode, z_dim
from ....latent.prior import normal
from ....metrics.scores import label_accuracy
from ....report.page import Block
from ....report.verdict import Part, Verdict, mean, number, spread
from ...explore import Findings
from ...train import Run
from ..frame import QUICK, Bench, Chapter, Results, Step
from .critic import PENALTY, arm, train_arm
from .quality import quality, reference, samples
from .subjects import seeds, setting

COLUMNS = 10
EPOCHS = 50.0
AS_ASKED = 0.9  # of what real images get


def _runs(bench: Bench) -> list[Run]:
    """Fifty epochs of the document's conditional WGAN; in the quick study the beginnings of the step before."""
    if bench.budget == QUICK:
        return [train_arm(bench, PENALTY, seed) for seed in seeds(bench)]
    return [bench.train(arm(bench, PENALTY), f"cwgan-{seed}", seed=seed, epochs=EPOCHS) for seed in seeds(bench)]


def _conditional(bench: Bench) -> Findings:
    """Samples of each class, and how many are taken for what was asked for."""
    runs = _runs(bench)
    model = runs[0].models["generator"]
    asked = torch.arange(len(model.classes)).repeat_interleave(COLUMNS)
    latents = normal(COLUMNS, z_dim(model), 0, "study").repeat(len(model.classes), 1)
    images = decode(model, latents, conditions(model, asked)).split(COLUMNS)
    rows = [Row(name, some.numpy()) for name, some in zip(model.classes, images, strict=True)]
    test = load_dataset(model.dataset, "test")
    seen = reference(model.dataset).test.probabilities
    assert seen is not None
    found = {
        "setting": setting(arm(bench, PENALTY), runs[0].step, len(runs)),
        "whole": bench.budget != QUICK,
        "named": [quality(run.models["generator"], samples(bench)).named for run in runs],
        "real": label_accuracy(seen.argmax(1), test.labels),
        "chance": 1 / len(model.classes),
    }
    return Findings("conditional", {"seeds": len(runs)}, found, {"samples": captioned_rows(rows)})


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["conditional"]
    yield results.picture(
        "conditional",
        "samples",
        "Rows of samples, each of a class of Fashion-MNIST",
        f"Figure 2: samples of each class, one latent to a column ({found['setting']}).",
    )
    yield judge_conditional(found)


def judge_conditional(found: Json) -> Verdict:
    """Whether samples are of the class that was asked for."""
    named, real = found["named"], found["real"]
    enough = min(named) > AS_ASKED * real
    return Verdict(
        "Q",
        "Q.5",
        "The class is joined to the latent and to the image: does the generator then draw the class it is asked for?",
        (
            Part(
                f"samples are taken for what was asked for, {AS_ASKED:.0%} as often as real images are",
                "that class",
                f"{spread(named, '.1%')}; real images {real:.1%}, by chance {found['chance']:.0%}",
                enough if enough or found["whole"] else None,
            ),
        ),
        f"Measured on {found['setting']}: a net that judges Fashion-MNIST names {number(mean(named), '.1%')} of the "
        "samples as asked.",
    )


STEPS = (Step("conditional", _conditional),)
CONDITIONAL = Chapter("Q.5, 4 Asking for a class", "conditional", ("conditional",), _tell)
