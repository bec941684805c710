"""The conditional GANs that are trained, the generators whose inputs are explored, and what both are measured with."""

from collections.abc import Sequence
from dataclasses import replace

from ....core.files import Json
from ....data import load_dataset
from ....latent.decode import condition_dim
from ....nets.model import Model
from ....report.verdict import Basis, Part, mean, spread
from ....report.words import duration
from ....training.recipes import recipes
from ....training.state import Splits
from ....zoo import feature_network, labeller, load_shipped, shipped
from ...compare_gauge import GeneratorGauge
from ...train import Run, load_run
from ..frame import QUICK, Bench

REFERENCE, RESIDUAL = "cgan-reference", "cgan-resnet"
NAMES = {REFERENCE: "the reference CGAN", RESIDUAL: "the report's own CGAN"}
SEEDS = 3
IMAGES = 60_000
EPOCHS: dict[str, tuple[float, ...]] = {
    REFERENCE: (1, 2, 3, 4, 5, 9, 12, 15),
    RESIDUAL: (1, 2, 3, 4, 5, 10, 15, 24, 30),
}
"""When a whole run is looked at: the epochs of the report's table 2, and later ones, up to the end."""
QUICK_STEPS = {REFERENCE: (50, 100, 200), RESIDUAL: (50, 100, 150)}
ABLE = 0.9  # the share of images of the class asked for, from which on a generator's inputs are worth exploring


def per_epoch(recipe: str) -> int:
    """Steps in one pass over the training images."""
    return IMAGES // recipes[recipe].batch_size


def moments(bench: Bench, recipe: str) -> tuple[int, ...]:
    """The steps at which the runs of a recipe are looked at; the last is their end, the others multiples of 50."""
    if bench.budget == QUICK:
        return QUICK_STEPS[recipe]
    steps = per_epoch(recipe)
    return (*(50 * round(epoch * steps / 50) for epoch in EPOCHS[recipe][:-1]), round(EPOCHS[recipe][-1] * steps))


def train_runs(bench: Bench, recipe: str) -> list[Run]:
    """The recipe with all its epochs from several seeds, or its first steps from one."""
    *before, end = moments(bench, recipe)
    return [
        bench.train(recipe, f"{recipe}-{seed}", keep=before, seed=seed, steps=end)
        for seed in range(bench.pick(1, SEEDS))
    ]


def trained(bench: Bench, recipe: str) -> list[Run]:
    """The runs that an earlier step trained.

    Raises:
        BadInput: it did not come to that.
    """
    return [load_run(bench.folder / "runs" / f"{recipe}-{seed}") for seed in range(bench.pick(1, SEEDS))]


def explored(bench: Bench) -> list[Model]:
    """The generators whose inputs are explored: the report's own CGAN, one for each seed.

    The quick study takes a conditional generator of digits that ships, and its own reference CGAN where none does.
    """
    if bench.budget == QUICK:
        return (_shipped_conditional() or [run.models["generator"] for run in trained(bench, REFERENCE)])[:1]
    return [run.models["generator"] for run in trained(bench, RESIDUAL)]


def _shipped_conditional() -> list[Model]:
    models = map(load_shipped, shipped())
    return [one for one in models if one.kind == "generator" and one.dataset == "mnist" and condition_dim(one)]


def reader() -> Model:
    """The classifier that reads what is drawn."""
    return labeller("mnist")


def gauge(bench: Bench) -> GeneratorGauge:
    """What every generator is measured with: the judging network, and test images."""
    train, test = (load_dataset("mnist", split) for split in ("train", "test"))
    count = bench.pick(1_000, 10_000)
    return GeneratorGauge(Splits(train, test.take(range(count)), "mnist"), feature_network("mnist", "judging"), count)


def only_if_able(classes: Json, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts; where some generator hardly draws what it is asked for, with nothing told by them.

    Args:
        classes: what the step of this name found of the generators that are explored.
    """
    able = min(run["label as asked"] for run in classes["runs"]) >= ABLE
    return tuple(part if able else replace(part, holds=None) for part in parts)


def basis(classes: Json) -> Basis:
    """What rests on the generators that are explored."""
    return Basis(classes["explored"], len(classes["runs"]))


def how_able(classes: Json) -> str:
    """What was explored, and how well it draws what it is asked for."""
    shares = [run["label as asked"] for run in classes["runs"]]
    words = f"Explored: {classes['explored']}. {spread(shares, '.1%')} of its images are read as the class asked for"
    return f"{words}." if min(shares) >= ABLE else f"{words}, which is too few to tell from."


def cost(seconds: Sequence[float], seeds: int, epochs: float) -> str:
    """What training took, in words."""
    took = duration(mean(seconds))
    return (
        f"{epochs:.2g} epochs from {seeds} seeds took {took} each" if seeds > 1 else f"{epochs:.2g} epochs took {took}"
    )
