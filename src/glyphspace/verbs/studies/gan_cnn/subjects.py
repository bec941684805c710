"""The generators and classifiers that are looked at: those that ship, or those that the full study trains."""

from collections.abc import Iterator

from torch import Tensor

from ....latent.decode import z_dim
from ....latent.labelled import LabelledLatents, label
from ....latent.prior import priors
from ....nets.model import Model
from ....report.verdict import Basis
from ....zoo import labeller, load_shipped
from ...train import Run
from ..frame import QUICK, Bench
from ..words import described

SEEDS = 3
GAN, CNN = "gan-reference", "cnn-reference"
QUICK_STEPS = {GAN: 300, CNN: 900}


def reference_runs(bench: Bench, recipe: str) -> list[Run]:
    """Runs of a reference recipe: its five epochs from several seeds, or the first steps of one."""
    if bench.budget == QUICK:
        return [bench.train(recipe, f"{recipe}-0", seed=0, steps=QUICK_STEPS[recipe])]
    return [bench.train(recipe, f"{recipe}-{seed}", seed=seed, epochs=5.0) for seed in range(SEEDS)]


def generators(bench: Bench) -> list[Model]:
    """The shipped generator of digits; or the reference generators of the full study, one for each seed."""
    if bench.budget == QUICK:
        return [load_shipped("digits")]
    return [run.models["generator"] for run in reference_runs(bench, GAN)]


def classifiers(bench: Bench) -> list[Model]:
    """The shipped classifier of digits; or the reference classifiers of the full study, one for each seed."""
    if bench.budget == QUICK:
        return [labeller("mnist")]
    return [run.models["classifier"] for run in reference_runs(bench, CNN)]


def pairs(bench: Bench) -> list[tuple[Model, Model]]:
    """Each generator with the classifier that reads what it draws."""
    return list(zip(generators(bench), classifiers(bench), strict=True))


def of_pairs(bench: Bench) -> str:
    """What `pairs` are, in words."""
    generator, classifier = pairs(bench)[0]
    which = bench.pick("that ships", "of five epochs")
    return (
        f"the generator of digits {which} ({described(generator)}), read by the classifier {which} "
        f"({classifier.architecture})"
    )


def looks(bench: Bench) -> Iterator[tuple[Model, Model, Tensor]]:
    """Three looks at generators: at each of the full study, or at the one that ships, with other latents each time."""
    count = _looked_at(bench)
    for look in range(SEEDS):
        generator, classifier = pairs(bench)[bench.pick(0, look)]
        yield generator, classifier, priors["normal"](count, z_dim(generator), look, "study")


def of_looks(bench: Bench) -> str:
    """What `looks` are at, in words."""
    return f"{of_pairs(bench)}; {bench.pick(f'{SEEDS} draws of ', '')}{_looked_at(bench):,} latents"


def _looked_at(bench: Bench) -> int:
    return bench.pick(10_000, 20_000)


def certain(bench: Bench, generator: Model, classifier: Model) -> LabelledLatents:
    """Latents that the classifier is sure of."""
    latents = priors["normal"](bench.pick(4_000, 20_000), z_dim(generator), 0, "study")
    return label(generator, classifier, latents).above(0.95)


def basis(found: dict[str, object], looked_at: str, seeds: int) -> Basis:
    """What a step rests on that looked at `pairs`, and at how much of them."""
    return Basis(f"{found['of']}; {looked_at}", seeds)
