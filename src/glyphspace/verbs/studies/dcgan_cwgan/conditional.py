"""Question 5 and figure 2: the conditional WGAN on Fashion-MNIST draws what it is asked for."""

from collections.abc import Iterator

import torch

from ....core.files import Json
from ....data import load_dataset
from ....figures.rows import Row, captioned_rows
from ....latent.decode import conditions, decode, z_dim
from ....latent.prior import normal
from ....metrics.scores import label_accuracy
from ....nets.model import Model
from ....report.apart import agreed
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, mean, number, spread
from ....zoo import load_shipped
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import described, setting
from .critic import PENALTY, arm
from .quality import quality, reference, samples
from .subjects import seeds

COLUMNS = 10
AS_ASKED = 0.9  # of what real images get


def _models(bench: Bench) -> tuple[list[Model], str]:
    """Conditional generators and what they are: the document's, trained to its end, or the one that ships."""
    if bench.budget == QUICK:
        ships = load_shipped("fashion-best")
        return [ships], f"the GAN of Fashion-MNIST that ships ({described(ships)}), told the class in its norms"
    recipe = arm(bench, PENALTY)
    runs = [bench.train(recipe, f"cwgan-{seed}", seed=seed) for seed in seeds(bench)]
    return [run.models["generator"] for run in runs], setting(recipe, runs[0].step)


def _conditional(bench: Bench) -> Findings:
    """Samples of each class, and how many are taken for what was asked for."""
    models, words = _models(bench)
    model = models[0]
    asked = torch.arange(len(model.classes)).repeat_interleave(COLUMNS)
    latents = normal(COLUMNS, z_dim(model), 0, "study").repeat(len(model.classes), 1)
    images = decode(model, latents, conditions(model, asked)).split(COLUMNS)
    rows = [Row(name, some.numpy()) for name, some in zip(model.classes, images, strict=True)]
    test = load_dataset(model.dataset, "test")
    seen = reference(model.dataset).test.probabilities
    assert seen is not None
    found = {
        "of": words,
        "whole": bench.budget != QUICK,
        "named": [quality(each, samples(bench)).named for each in models],
        "real": label_accuracy(seen.argmax(1), test.labels),
        "chance": 1 / len(model.classes),
    }
    return Findings("conditional", {"seeds": len(models)}, found, {"samples": captioned_rows(rows)})


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["conditional"]
    yield results.picture(
        "conditional",
        "samples",
        "Rows of samples, each of a class of Fashion-MNIST",
        f"Figure 2: samples of each class, one latent to a column ({found['of']}).",
    )
    yield judge_conditional(found)


def judge_conditional(found: Json) -> Verdict:
    """Whether samples are of the class that was asked for."""
    named, real = found["named"], found["real"]
    return Verdict(
        "Q",
        "Q.5",
        "The class is joined to the latent and to the image: does the generator then draw the class it is asked for?",
        (
            Part(
                f"samples are taken for what was asked for, {AS_ASKED:.0%} as often as real images are",
                "that class",
                f"{spread(named, '.1%')}; real images {real:.1%}, by chance {found['chance']:.0%}",
                agreed(share > AS_ASKED * real for share in named) if found["whole"] else None,
            ),
        ),
        Basis(found["of"], len(named)),
        f"A net that judges Fashion-MNIST names {number(mean(named), '.1%')} of the samples as asked.",
    )


STEPS = (Step("conditional", _conditional),)
CONDITIONAL = Chapter("Q.5, 4 Asking for a class", "conditional", ("conditional",), _tell)
