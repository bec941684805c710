"""The generators and classifiers that are looked at: those that ship, or those that the full study trains."""

from ....nets.model import Model
from ....zoo import labeller, load_shipped
from ...train import Run
from ..frame import QUICK, Bench

SEEDS = 3


def reference_runs(bench: Bench, recipe: str, quick_steps: int) -> list[Run]:
    """Runs of a reference recipe: its five epochs from several seeds, or the first steps of one."""
    if bench.budget == QUICK:
        return [bench.train(recipe, f"{recipe}-0", seed=0, steps=quick_steps)]
    return [bench.train(recipe, f"{recipe}-{seed}", seed=seed, epochs=5.0) for seed in range(SEEDS)]


def generators(bench: Bench) -> list[Model]:
    """The shipped generator of digits; or the reference generators of the full study, one for each seed."""
    if bench.budget == QUICK:
        return [load_shipped("digits")]
    return [run.models["generator"] for run in reference_runs(bench, "gan-reference", 0)]


def classifiers(bench: Bench) -> list[Model]:
    """The shipped classifier of digits; or the reference classifiers of the full study, one for each seed."""
    if bench.budget == QUICK:
        return [labeller("mnist")]
    return [run.models["classifier"] for run in reference_runs(bench, "cnn-reference", 0)]


def pairs(bench: Bench) -> list[tuple[Model, Model]]:
    """Each generator with the classifier that reads what it draws."""
    return list(zip(generators(bench), classifiers(bench), strict=True))
