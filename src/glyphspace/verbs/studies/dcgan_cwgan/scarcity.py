"""Question 4: generated images beside real ones, where these are few or where some classes are."""

from collections.abc import Iterator

import numpy as np

from ....core.files import Json
from ....data import LabelledImages, few_shot, load_dataset, unbalanced
from ....data.mixing import balance, pool, repeat
from ....figures.rivals import Finish, finishes
from ....latent.decode import condition_dim
from ....latent.generated import generated
from ....nets.model import Model
from ....report.apart import below, errors
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, spread
from ....training.recipes import GanRecipe, override, recipes
from ....training.state import Splits
from ....zoo import labeller, load_shipped
from ...evaluate_classifier import evaluate_classifier
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .subjects import seeds

REAL, SAME, ALL = ARMS = ("real images alone", "a GAN of these", "a GAN of all")
FEW, UNEVEN = "few", "uneven"
SHOTS, SCARCE = 50, 0.01  # images of each class where data is few; the share of every second class where it is uneven
TITLES = {FEW: f"accuracy, {SHOTS} real images of each class", UNEVEN: f"accuracy on classes cut to {SCARCE:.0%}"}


def _scarce(bench: Bench) -> Findings:
    """A classifier's accuracy on the test set by what it was trained on, in the same steps by the same recipe."""
    train = load_dataset("mnist", "train")
    found: dict[str, dict[str, list[float]]] = {each: {arm: [] for arm in ARMS} for each in TITLES}
    for seed in seeds(bench):
        data = {
            FEW: few_shot(train, SHOTS, seed),
            UNEVEN: unbalanced(train, dict.fromkeys(train.classes[1::2], SCARCE), seed),
        }
        of_all = _draw(bench, _saw_all(bench, train, seed), seed)
        for each, real in data.items():
            of_these = _draw(bench, _saw(bench, each, real, seed), seed)
            for arm, made in zip(ARMS, (None, of_these, of_all), strict=True):
                bench.breathe()
                images = _filled(bench, each, real, made, seed)
                found[each][arm].append(_accuracy(bench, each, arm, images, seed))
    panels = [
        Finish(TITLES[each], {arm: np.array(some) for arm, some in by_arm.items()}) for each, by_arm in found.items()
    ]
    recipe, steps = _gan(bench)
    numbers = {
        "setting": setting(recipe, steps),
        "classifier": f"cnn-fast, {_steps(bench):,} steps",
        "whole": bench.budget != QUICK,
        "accuracy": found,
    }
    return Findings("scarce", {"seeds": len(seeds(bench))}, numbers, {"accuracy": finishes(panels)})


def _filled(bench: Bench, each: str, real: LabelledImages, made: LabelledImages | None, seed: int) -> LabelledImages:
    """What a classifier learns from: real images over again, or generated ones beside them, as many or to even out."""
    if each == UNEVEN:
        return balance(real, real if made is None else made, seed)
    again = repeat(real, _count(bench))
    return again if made is None else pool(again, made)


def _count(bench: Bench) -> int:
    """How many images are generated."""
    return bench.pick(5_000, 60_000)


def _steps(bench: Bench) -> int:
    """Of every classifier."""
    return bench.pick(40, 2_000)


def _gan(bench: Bench) -> tuple[GanRecipe, int]:
    """The recipe of every conditional GAN here, and its steps."""
    small = {"generator": "conditional:width=32", "discriminator": "projection:width=16", "batch_size": 32}
    nets = {"generator": "conditional", "discriminator": "projection"}
    recipe = override(recipes["gan-fast"], bench.pick(small, nets))
    assert isinstance(recipe, GanRecipe)
    return recipe, bench.pick(150, 4_000)


def _saw(bench: Bench, name: str, images: LabelledImages, seed: int) -> Model:
    """A conditional generator that has seen these images and nothing else."""
    recipe, steps = _gan(bench)
    splits = Splits(images, load_dataset("mnist", "test"), "mnist")
    return bench.train(recipe, f"scarce-{name}-{seed}", data=splits, seed=seed, steps=steps).models["generator"]


def _saw_all(bench: Bench, train: LabelledImages, seed: int) -> Model:
    """A generator that has seen all training images; the one that ships, in the quick study."""
    return load_shipped("digits") if bench.budget == QUICK else _saw(bench, "all", train, seed)


def _draw(bench: Bench, model: Model, seed: int) -> LabelledImages:
    """Its images; those of one that cannot be asked for a class are labelled by the classifier that ships."""
    return generated(model, _count(bench), seed, None if condition_dim(model) else labeller(model.dataset))


def _accuracy(bench: Bench, each: str, arm: str, images: LabelledImages, seed: int) -> float:
    """Of a classifier that was trained on `images`, on the test set; on its scarce classes where the data is uneven."""
    test = load_dataset("mnist", "test")
    name = f"classifier-{each}-{ARMS.index(arm)}-{seed}"
    run = bench.train("cnn-fast", name, data=Splits(images, test, "mnist"), seed=seed, steps=_steps(bench))
    found = evaluate_classifier(run.models["classifier"], test)
    scarce = [one for one in found.by_class[1::2] if one is not None]
    return float(np.mean(scarce)) if each == UNEVEN else found.accuracy


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["scarce"]
    yield results.picture(
        "scarce",
        "accuracy",
        "Accuracy of classifiers by what they were trained on, where data is few and where it is uneven",
        "A dot for each seed, a bar at their mean. A GAN of these has seen the same few images and nothing else.",
    )
    yield judge_scarce(found)


def judge_scarce(found: Json) -> Verdict:
    """The verdict on claim 39 from the accuracies of every arm."""
    few, uneven = (found["accuracy"][each] for each in (FEW, UNEVEN))

    def part(says: str, reported: str, by_arm: dict[str, list[float]], arm: str) -> Part:
        words = f"accuracy {spread(by_arm[arm], '.3f')} against {spread(by_arm[REAL], '.3f')} without"
        helps = below(errors(by_arm[arm]), errors(by_arm[REAL])) if found["whole"] else None
        return Part(says, reported, words, helps)

    return Verdict(
        "39",
        "Q.4",
        "Where data is scarce or its classes are unbalanced, a GAN is very useful to augment it.",
        (
            part(
                f"with {SHOTS} images of each class, a GAN trained on these helps a classifier",
                "very useful", few, SAME,
            ),
            part(
                f"with {SCARCE:.0%} of every second class, a GAN trained on this data helps on these classes",
                "very useful", uneven, SAME,
            ),
        ),
        Basis(f"{found['setting']}; classifiers by {found['classifier']}, each on as many images", len(few[REAL])),
        "Only a GAN that saw the same images can say what those who have nothing else gain. One that saw all brings "
        f"what it learned of the others: {spread(few[ALL], '.3f')} with few images, {spread(uneven[ALL], '.3f')} with "
        "uneven." + ("" if found["whole"] else " What GANs are good for cannot be told of such as have hardly begun."),
    )  # fmt: skip


STEPS = (Step("scarce", _scarce),)
SCARCITY = Chapter("Q.4 Generated images as data", "scarcity", ("scarce",), _tell)
