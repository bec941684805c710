"""The generators that are mapped, the classifiers that read them, and the generator of the printed latents."""

from ....core.files import Json
from ....data import load_dataset
from ....latent.decode import z_dim
from ....nets.model import Model
from ....report.verdict import Basis, spread
from ....training.recipes import Recipe, override, recipes
from ...evaluate_classifier import evaluate_classifier
from ...explore import Findings
from ..distance import distance
from ..frame import QUICK, Bench, Step
from ..gan_cnn.subjects import SEEDS, generators
from ..small import SMALL
from ..words import described, setting

READER = "mlp-classifier"  # the reader: three dense layers, batch norm and SGD, as in the report
QUICK_STEPS = 937  # of the reader: an epoch
BRIEF_STEPS = 1_000  # until it draws digits


def readers(bench: Bench) -> list[Model]:
    """Dense classifiers by the report's recipe, one for each generator; the quick study's is trained for an epoch."""
    if bench.budget == QUICK:
        return [bench.train(READER, f"{READER}-0", seed=0, steps=QUICK_STEPS).models["classifier"]]
    runs = (bench.train(READER, f"{READER}-{seed}", seed=seed) for seed in range(SEEDS))
    return [run.models["classifier"] for run in runs]


def pairs(bench: Bench) -> list[tuple[Model, Model]]:
    """Each generator with the classifier that reads what it draws."""
    return list(zip(generators(bench), readers(bench), strict=True))


def of_pairs(bench: Bench) -> str:
    """What `pairs` are, in words."""
    generator = generators(bench)[0]
    return f"the generator of digits {bench.pick('that ships', 'of five epochs')} ({described(generator)})"


def generator_of_printed(bench: Bench) -> Model:
    """One whose latents have 100 numbers, as the printed ones have; the quick study trains a small one for it."""
    if bench.budget == QUICK:
        return bench.train(_brief(), "printed", seed=0, steps=BRIEF_STEPS).models["generator"]
    return generators(bench)[0]


def _brief() -> Recipe:
    return override(recipes["gan-fast"], SMALL)


def _subjects(bench: Bench) -> Findings:
    """How good the classifiers are, and the generator of the printed latents."""
    test = load_dataset("mnist", "test")
    drawn, every = generator_of_printed(bench), readers(bench)
    trained = setting(_brief(), BRIEF_STEPS) if bench.budget == QUICK else of_pairs(bench)
    numbers = {
        "of": of_pairs(bench),
        "reader": setting(recipes[READER], every[0].training["steps"]),
        "accuracy": [evaluate_classifier(reader, test).accuracy for reader in every],
        "printed": {"of": trained, "z": z_dim(drawn), "distance": distance(drawn)},
    }
    return Findings("subjects", {}, numbers, {})


def basis(found: Json, looked_at: str) -> Basis:
    """What rests on `pairs`, from what the step of this name found, and on how much of what they draw."""
    right = spread(found["accuracy"], ".1%")
    return Basis(
        f"{found['of']}; {looked_at}, read by three dense layers ({found['reader']}) that are right about {right} of "
        "test images",
        len(found["accuracy"]),
    )


STEPS = (Step("subjects", _subjects),)
