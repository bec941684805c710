"""The DCGANs and the generators that are looked at: small ones and one that ships, or the document's own, trained."""

from typing import Any

import numpy as np

from ....nets.model import Model
from ....training.recipes import GanRecipe, override, recipes
from ....zoo import load_shipped
from ...train import Run
from ..frame import QUICK, Bench
from ..words import described

RATE = 1e-3  # small nets take larger steps, and less time
SMALL = {
    "discriminator": "fast:width=16",
    "batch_size": 32,
    "generator_rate": RATE,
    "discriminator_rate": RATE,
    "precision": "auto",
}
QUICK_STEPS, FULL_STEPS = 600, 9_350  # these are twenty epochs
QUICK_MOMENTS = (50, 100, 150, 200, 300, 400, 600)
FULL_MOMENTS = (50, 100, 150, 200, 300, 400, 700, 1_400, 2_350, 4_700, 9_350)
MIDDLE = 2_350  # five epochs of the full study
EARLY = 300  # when small ones draw something already
LATE = 0.2  # the last part of a run, where it has settled


def seeds(bench: Bench) -> range:
    """Those of every run that is compared with others."""
    return range(bench.pick(2, 3))


def dcgan(bench: Bench, z_dim: int = 100, **changes: Any) -> GanRecipe:
    """The document's DCGAN; in the quick study its objective on smaller nets, which end in logits."""
    if bench.budget == QUICK:
        return _gan("dcgan-logits", {**SMALL, "generator": f"fast:z_dim={z_dim},width=32,depth=1", **changes})
    return _gan("dcgan", {"generator": f"dcgan:z_dim={z_dim}", **changes})


def dcgan_with_logits(bench: Bench, **changes: Any) -> GanRecipe:
    """The same with logits at its end in both studies, for objectives that are of logits."""
    return dcgan(bench, **changes) if bench.budget == QUICK else _gan("dcgan-logits", changes)


def _gan(name: str, changes: dict[str, Any]) -> GanRecipe:
    recipe = override(recipes[name], changes)
    assert isinstance(recipe, GanRecipe)
    return recipe


def moments(bench: Bench) -> tuple[int, ...]:
    """The steps at which the DCGANs are set aside, to be looked at."""
    return bench.pick(QUICK_MOMENTS, FULL_MOMENTS)


def dcgan_runs(bench: Bench) -> list[Run]:
    """Twenty epochs of the document's recipe from several seeds, or the beginning of small ones."""
    keep, steps = moments(bench), bench.pick(QUICK_STEPS, FULL_STEPS)
    return [bench.train(dcgan(bench), f"dcgan-{seed}", keep=keep, seed=seed, steps=steps) for seed in seeds(bench)]


def generators(bench: Bench) -> list[Model]:
    """Generators that are done: the one of digits that ships, or the document's, one for each seed."""
    if bench.budget == QUICK:
        return [load_shipped("digits")]
    return [run.models["generator"] for run in dcgan_runs(bench)]


def of_generators(bench: Bench) -> str:
    """What `generators` are, in words."""
    which = bench.pick("the generator of digits that ships", "the DCGAN after 20 epochs")
    return f"{which} ({described(generators(bench)[0])})"


def settled(values: np.ndarray) -> float:
    """The mean of the last part of a figure of each iteration."""
    return float(values[-max(1, int(LATE * len(values))) :].mean())
