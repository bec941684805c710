"""Sections 1.1 and 1.4: the report's own CGAN with one ingredient taken out, or another put in, at a time."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch

from ....core.files import Json
from ....data import load_dataset
from ....figures.pairs import image_rows
from ....figures.rivals import finishes
from ....latent.decode import conditions, decode, z_dim
from ....latent.prior import normal
from ....metrics.artefacts import checkerboard
from ....metrics.diversity import class_diversity
from ....metrics.features import extract
from ....nets.model import Model, load_model
from ....report.apart import above, below, differ
from ....report.page import Block, Text
from ....report.verdict import Basis, Part, Verdict, mean, number, spread
from ....training.recipes import Recipe, override, recipes
from ....training.state import fresh
from ...compare_gauge import DISTANCE, GeneratorGauge
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..panels import panel
from ..words import setting
from .subjects import RESIDUAL, SEEDS, cost, gauge, per_epoch

EVEN: Json = {"advantage": "fixed:1", "generator_rate": 2e-4, "discriminator_rate": 2e-4}
BASE = "as it is"
WITHOUT = {
    "without shortcuts": "without-residual",
    "without spectral norm": "without-spectral-norm",
    "without batch norm": "without-batch-norm",
    "transposed convolutions": "transposed",
    "class joined first": "joined-first",
}
PROPOSED = {
    "class projected": "projection",
    "class projected twice": "dual-projection",
    "hinge loss": "hinge",
}
ADAM: dict[str, Json] = {
    "Adam α 0.0001": {"generator_rate": 1e-4, "discriminator_rate": 1e-4},
    "Adam α 0.001": {"generator_rate": 1e-3, "discriminator_rate": 1e-3},
    "Adam β₁ 0": {"beta1": 0.0},
    "Adam β₁ 0.9": {"beta1": 0.9},
}
EARLY, EPOCHS = 1_400, 3  # of the full study: the step at which learning is compared, and the end
QUICK_STEPS = 25
EARLY_DISTANCE, DIVERSITY, BOARD, SCORE, COVERAGE = (
    "Fréchet distance, early", "diversity within classes", "checkerboard", "classifier score", "coverage",
)  # fmt: skip
SHOWN = (DISTANCE, COVERAGE, DIVERSITY, BOARD, SCORE)
UNTRAINED = 10  # nets of either kind


def _recipes() -> dict[str, Recipe]:
    family = {name: recipes[f"{RESIDUAL}-{end}"] for name, end in {**WITHOUT, **PROPOSED}.items()}
    adam = {name: override(recipes[RESIDUAL], changes) for name, changes in ADAM.items()}
    every = {BASE: recipes[RESIDUAL], **family, **adam}
    return {name: override(recipe, {**EVEN, **ADAM.get(name, {})}) for name, recipe in every.items()}


def _ingredients(bench: Bench) -> Findings:
    """Each recipe for as many steps; what its images are like at the end, and how far they were early."""
    measuring = gauge(bench)
    early, end = bench.pick((QUICK_STEPS, QUICK_STEPS), (EARLY, EPOCHS * per_epoch(RESIDUAL)))
    found: Json = {}
    rows, seconds = [], []
    for place, (name, recipe) in enumerate(_recipes().items()):
        found[name] = []
        for seed in range(bench.pick(1, SEEDS)):
            bench.breathe()
            run = bench.train(
                recipe, f"ingredient-{place}-{seed}", keep=() if early == end else (early,), seed=seed, steps=end
            )
            seconds.append(run.seconds)
            model = run.models["generator"]
            young = model if early == end else load_model(bench.kept(run.folder.name, early))
            found[name].append({EARLY_DISTANCE: measuring.glance(young), **_figures(measuring, model)})
            if not seed:
                rows.append((name.replace(" ", "\n", 1), _one_of_each(model)))
    real = _of_real(measuring)
    numbers = {
        "whole": bench.budget != QUICK, "steps": end, "early": early, "epochs": end / per_epoch(RESIDUAL),
        "seconds": seconds, "runs": found, "real": real,
    }  # fmt: skip
    panels = [
        panel(
            name,
            {each: np.array([run[name] for run in some]) for each, some in found.items()},
            real.get(name),
            name in (DISTANCE, BOARD),
        )
        for name in SHOWN
    ]
    figures = {"images": image_rows(rows, load_dataset("mnist", "train").classes), "figures": finishes(panels)}
    return Findings("ingredients", {"steps": end}, numbers, figures)


def _figures(measuring: GeneratorGauge, model: Model) -> Json:
    images, asked = measuring.draw(model, measuring.count)
    assert asked is not None  # all of them are conditional
    features = extract(measuring.network.net, images)
    diversity = class_diversity(features, asked, len(model.classes))
    return {**measuring.measure(model).figures, DIVERSITY: mean(diversity), BOARD: checkerboard(images)}


def _of_real(measuring: GeneratorGauge) -> Json:
    test = measuring.splits.test
    diversity = class_diversity(extract(measuring.network.net, test.images), test.labels, len(test.classes))
    return {**measuring.floor().figures, DIVERSITY: mean(diversity), BOARD: checkerboard(test.images)}


def _one_of_each(model: Model) -> np.ndarray:
    labels = torch.arange(len(model.classes))
    return decode(model, normal(len(labels), z_dim(model), 0, "ingredients"), conditions(model, labels)).numpy()


def _untrained(bench: Bench) -> Findings:
    """The checkerboard in what nets draw that have learned nothing, from weights of several seeds."""
    found = {}
    rows = []
    for name, spec in (("resize-convolution", RESIDUAL), ("transposed convolution", f"{RESIDUAL}-transposed")):
        nets = [_warm(fresh("generator", spec, seed)) for seed in range(UNTRAINED)]
        models = [Model(net, "generator", spec, {}, "mnist", tuple(map(str, range(10)))) for net in nets]
        drawn = [_one_of_each(model) for model in models]
        found[name] = [checkerboard(torch.from_numpy(some)) for some in drawn]
        rows.append((name.replace(" ", "\n").replace("-", "-\n"), np.stack([some[0] for some in drawn])))
    captions = [f"seed {seed}" for seed in range(UNTRAINED)]
    return Findings("untrained", {"nets": UNTRAINED}, found, {"images": image_rows(rows, captions)})


@torch.no_grad()
def _warm(net: torch.nn.Module) -> torch.nn.Module:
    """`net` with the statistics that its batch norms have of a batch."""
    for module in net.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 1.0
    labels = torch.arange(200) % 10
    net.train()(normal(len(labels), int(net.z_dim), 0, "warm"), net.embed(labels))  # type: ignore[arg-type, operator]  # of a conditional generator
    return net.eval()


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["ingredients"]
    runs = found["runs"]
    seeds = len(runs[BASE])
    yield Text(
        (
            "Every recipe is the report's own CGAN with one thing changed; all have an advantage of 1 and a rate of "
            "0.0002 for both nets, since with the report's 9 and 0.00002 the generator learns nothing in so short a "
            f"time. Training: {cost(found['seconds'], seeds, found['epochs'])}. "
            + (
                ""
                if found["whole"]
                else "From so few steps of one seed nothing can be told of what training leads to; untrained nets, "
                "below, are another matter."
            ),
        )
    )
    yield results.picture(
        "ingredients", "images", "One image of each class from every recipe", "One image of each class, not chosen."
    )
    real = "; ".join(f"{name}: {number(found['real'][name], '.3g')}" for name in SHOWN if name in found["real"])
    caption = f"A dot for each seed. What real images get, dashed where the axis reaches to it: {real}."
    yield results.picture("ingredients", "figures", "Figures of every recipe at its end", caption)
    yield results.picture(
        "untrained",
        "images",
        "Images of untrained generators of two kinds",
        f"What {UNTRAINED} generators of each kind draw before they have learned anything.",
    )
    yield _ours(found, results["untrained"])
    yield _proposed(found)


def _values(found: Json, name: str, quantity: str) -> list[float]:
    return [run[quantity] for run in found["runs"][name]]


Rule = Callable[[Sequence[float], Sequence[float]], bool | None]


def _against(
    found: Json, says: str, reported: str, name: str, quantity: str, written: str, better: Rule, base: str = BASE
) -> Part:
    """Whether `base` is better than `name`, or whatever else the rule asks; untold where they have hardly begun."""
    ours, others = _values(found, base, quantity), _values(found, name, quantity)
    words = f"{quantity} {spread(ours, written)} against {spread(others, written)} {name}"
    return Part(says, reported, words, better(ours, others) if found["whole"] else None)


def _ours(found: Json, untrained: Json) -> Verdict:
    resized, transposed = untrained["resize-convolution"], untrained["transposed convolution"]
    first = f"after {found['early']:,} steps"
    diversity = f"of real images {number(found['real'][DIVERSITY], '.3g')}"
    parts = (
        _against(found, f"with residual blocks it learns faster ({first})", "cited", "without shortcuts",
                 EARLY_DISTANCE, ".1f", below),
        _against(found, "spectral norm: more of the real images' variety is covered", "cited", "without spectral norm",
                 COVERAGE, ".3f", above),
        _against(found, f"and images of a class differ more ({diversity})", "cited", "without spectral norm",
                 DIVERSITY, ".3g", above),
        _against(found, f"with batch norm it learns faster ({first})", "stated", "without batch norm",
                 EARLY_DISTANCE, ".1f", below),
        Part(
            f"resize-convolution: fewer checkerboards before training ({UNTRAINED} nets of each kind)",
            "cited",
            f"{spread(resized, '.2%')} of the images' energy against {spread(transposed, '.2%')}",
            below(resized, transposed),
        ),
        _against(found, "and after it", "cited", "transposed convolutions", BOARD, ".2%", below),
        _against(found, "a class joined in the middle gives better scores than one joined first", "cited",
                 "class joined first", SCORE, ".2f", above),
    )  # fmt: skip
    return Verdict(
        "21",
        "1.1",
        "Residual blocks learn faster; spectral norm makes images more diverse; batch norm makes training faster; "
        "resize-convolution leaves fewer artefacts than transposed convolution; a class that is joined in the middle "
        "of the discriminator gives better scores than one that is joined first.",
        parts,
        _basis(found, f"{UNTRAINED} untrained generators of either kind; and on "),
        f"The checkerboard is the share of energy at the highest frequency; real images have "
        f"{number(100 * found['real'][BOARD], '.2f')}%.",
    )


def _proposed(found: Json) -> Verdict:
    proposed = [_against(found, f"{name}: better", "proposed", BASE, DISTANCE, ".1f", below, name) for name in PROPOSED]
    adam = [
        _against(found, f"{name} makes a difference", "its figure 11", BASE, DISTANCE, ".1f", differ, name)
        for name in ADAM
    ]
    return Verdict(
        "21b",
        "1.4",
        "A projection discriminator, dual projection and the hinge loss would improve it; and Adam's α and β₁ matter.",
        (*proposed, *adam),
        _basis(found),
        "Adam's settings here are α 0.0002 and β₁ 0.5, and each is changed alone; the report's figure is of CIFAR-100.",
    )


def _basis(found: Json, before: str = "") -> Basis:
    words = setting(_recipes()[BASE], found["steps"])
    return Basis(f"{before}{words}, and one thing changed at a time", len(found["runs"][BASE]))


STEPS = (Step("ingredients", _ingredients), Step("untrained", _untrained))
CHAPTERS = (Chapter("1.1, 1.4 What each ingredient buys", "ingredients", ("ingredients", "untrained"), _tell),)
