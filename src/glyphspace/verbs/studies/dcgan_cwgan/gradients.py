"""Question 3.2: what is left of the generator's gradient as the discriminator gets stronger, and what that costs."""

from collections.abc import Iterator

import numpy as np
import torch

from ....core.files import Json
from ....data import load_dataset, to_unit
from ....figures.lines import lines
from ....nets.model import Model, load_model
from ....report.apart import above, agreed
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, mean, number, spread
from ....training.beginning import begin_with, spec_of
from ....training.device import choose_compute
from ....training.gan import GanTraining
from ....training.objectives import objectives
from ....training.recipes import GanRecipe
from ....training.state import Splits
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .quality import quality, samples
from .subjects import EARLY, MIDDLE, dcgan, dcgan_runs, dcgan_with_logits, seeds

QUICK_MOMENTS = (0, 10, 20, 50, 100, 150, 200)  # steps that the discriminator learns alone
FULL_MOMENTS = (*QUICK_MOMENTS, 400, 600, 800)
BATCH = 256  # images that a gradient is taken of
TELLS = 0.9  # of the images rightly, and a discriminator is strong: before, nothing can be told of what that does
VANISHED = 0.1
STRONG = 5  # updates of the discriminator for each of the generator
LOSSES = {"log(1 − D)": "minimax", "−log D": "non-saturating", "−log D, sigmoid first": "non-saturating-bce"}
MINIMAX, OTHER, DOCUMENTS = LOSSES


def _gradients(bench: Bench) -> Findings:
    """The norm of each loss's gradient for the generator, which stands still while the discriminator learns."""
    runs = [_strengthen(bench, model, seed) for seed, model in enumerate(_beginnings(bench))]
    x = np.array(_moments(bench))
    norms = {name: np.mean([run["norms"][name] for run in runs], axis=0) for name in (MINIMAX, OTHER)}
    told = {name: np.mean([run[name] for run in runs], axis=0) for name in ("D of generated", "told rightly")}
    title = "steps that the discriminator has learned alone"
    figures = {
        "norms": lines("norm of the generator’s gradient", title, x, norms, scale="log", marks=True),
        "strength": lines("how strong the discriminator is", title, x, told, marks=True),
    }
    of = setting(dcgan(bench), bench.pick(EARLY, MIDDLE))
    found = {"of": of, "steps": _moments(bench), "runs": runs}
    return Findings("gradients", {"seeds": len(runs)}, found, figures)


def _moments(bench: Bench) -> tuple[int, ...]:
    return bench.pick(QUICK_MOMENTS, FULL_MOMENTS)


def _beginnings(bench: Bench) -> list[Model]:
    """DCGANs on their way, one of each seed."""
    step = bench.pick(EARLY, MIDDLE)
    return [load_model(bench.kept(run.folder.name, step)) for run in dcgan_runs(bench)]


def _strengthen(bench: Bench, model: Model, seed: int) -> Json:
    """What is left of the gradients at each moment, against a fresh discriminator."""
    recipe = dcgan_with_logits(bench, generator=spec_of(model), precision="float32", advantage="fixed:1000")
    splits = Splits(load_dataset("mnist", "train"), load_dataset("mnist", "test"), "mnist")
    training = GanTraining(recipe, splits, seed, choose_compute(precision="float32"))
    begin_with(training, (model,))
    found, moments = [], _moments(bench)
    for step in range(moments[-1] + 1):
        if step in moments:
            found.append(_left(training, splits))
            bench.breathe()
        training.advance(step, 0.0)
    return {
        "norms": {name: [each["norms"][name] for each in found] for name in LOSSES},
        **{name: [each[name] for each in found] for name in ("D of generated", "told rightly", "loss")},
    }


def _left(training: GanTraining, splits: Splits) -> Json:
    """The norms of the gradients on one batch, and how sure the discriminator is."""
    labels = splits.test.labels[:BATCH]
    training.generator.train()  # before the first step, too
    training.discriminator.train()
    real = training.referee.of(to_unit(splits.test.images[:BATCH]), labels).logits.detach()
    fake = training.referee.of(training.draw(training.latents(BATCH, "study"), labels), labels).logits
    norms = {}
    for name, objective in LOSSES.items():
        chosen = objectives[objective]
        squash = torch.sigmoid if chosen.takes == "probabilities" else lambda logits: logits
        loss = chosen.generator(squash(real), squash(fake))
        slopes = torch.autograd.grad(loss, training.generator_parameters, retain_graph=True)
        norms[name] = float(torch.stack([slope.square().sum() for slope in slopes]).sum().sqrt())
    fake = fake.detach()
    right = ((real > 0).double().mean() + (fake <= 0).double().mean()) / 2
    return {
        "norms": norms,
        "D of generated": float(fake.sigmoid().mean()),
        "told rightly": float(right),
        "loss": float(objectives["minimax"].generator(real, fake)),
    }


def _learning(bench: Bench) -> Findings:
    """As many updates of the generator by each loss, with one and with five of the discriminator for each."""
    updates = bench.pick(30, 500)
    found: Json = {}
    recipes: list[GanRecipe] = []
    for loss, advantage in (("minimax", 1), ("minimax", STRONG), ("non-saturating", STRONG)):
        recipe = dcgan_with_logits(bench, objective=loss, advantage=f"fixed:{advantage}")
        runs = (
            bench.train(recipe, f"strong-{loss}-{advantage}-{seed}", seed=seed, steps=updates * advantage)
            for seed in seeds(bench)
        )
        found[f"{loss}, {advantage}"] = [quality(run.models["generator"], samples(bench)).distance for run in runs]
        recipes.append(recipe)
    numbers = {"setting": setting(recipes[0], updates), "whole": bench.budget != QUICK, "distances": found}
    return Findings("learning", {"updates": updates}, numbers, {})


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["gradients"]
    yield results.picture(
        "gradients",
        "norms",
        "The norm of the generator’s gradient over the discriminator’s training, for two losses",
        f"The generator stands still ({found['of']}); a fresh discriminator learns to tell its images.",
    )
    yield results.picture("gradients", "strength", "D of generated images, and how many are told rightly")
    yield judge_gradients(found, results["learning"])


def judge_gradients(found: Json, learning: Json) -> Verdict:
    """The verdict on claim 36 from the gradients along the discriminator's training, and from what was learned."""
    runs, distances = found["runs"], learning["distances"]

    def left(name: str) -> list[float]:
        """The gradient in the end, as a share of the largest on the way."""
        return [run["norms"][name][-1] / max(run["norms"][name]) for run in runs]

    is_strong = min(run["told rightly"][-1] for run in runs) > TELLS
    sure, loss = ([run[name][-1] for run in runs] for name in ("D of generated", "loss"))
    one, strong = distances["minimax, 1"], distances[f"minimax, {STRONG}"]
    other = distances[f"non-saturating, {STRONG}"]
    return Verdict(
        "36",
        "Q.3.2",
        "Against a discriminator that is too strong the generator’s loss, log(1 − D(G(z))), falls to zero, and so does "
        "its gradient: it learns slowly or not at all.",
        (
            Part(
                "a strong discriminator gives generated images 0, and the loss is near 0",
                "D(G(z)) = 0",
                f"D {spread(sure, '.2g')}, loss {spread(loss, '.2g')} after {found['steps'][-1]} steps",
                agreed(d < 0.05 and value > -0.05 for d, value in zip(sure, loss, strict=True)) if is_strong else None,
            ),
            Part(
                f"the gradient of that loss vanishes (under {VANISHED:.0%} of the largest)",
                "0",
                f"{spread(left(MINIMAX), '.1%')} of the largest are left",
                agreed(share < VANISHED for share in left(MINIMAX)) if is_strong else None,
            ),
            Part(
                f"with {STRONG} updates of the discriminator for each of its own the generator learns less",
                "slowly",
                f"Fréchet distance {spread(strong, '.1f')} against {spread(one, '.1f')} with one; by −log D "
                f"{spread(other, '.1f')}",
                above(strong, one) if learning["whole"] else None,
            ),
        ),
        Basis(
            f"{found['of']}, then against new discriminators; the learning on {learning['setting']}, or {STRONG} times "
            "the steps for the discriminator",
            len(runs),
        ),
        f"At first {_told(runs, 0)} of the "
        f"images are told rightly, in the end {_told(runs, -1)}. GANs are trained with −log D instead, which has the "
        f"same fixed point: of its gradient {spread(left(OTHER), '.0%')} of the largest are left, and with a sigmoid "
        f"first, in single precision, {spread(left(DOCUMENTS), '.0%')}.",
    )


def _told(runs: list[Json], moment: int) -> str:
    return number(mean([run["told rightly"][moment] for run in runs]), ".0%")


STEPS = (Step("gradients", _gradients), Step("learning", _learning))
GRADIENTS = Chapter("Q.3.2 Vanishing gradients", "gradients", ("gradients", "learning"), _tell)
