"""Section 2.5: what is said to improve the classifier, and what each buys."""

from collections.abc import Iterator
from functools import partial

from ....data import few_shot, load_dataset
from ....report.apart import below, errors
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, spread
from ....training.recipes import ClassifierRecipe
from ....training.state import Splits
from ...confident import confident
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from ..words import setting
from .brief import cnn, fit
from .classifier import accuracy
from .subjects import CNN

SCARCE = 100  # images of each class where data is scarce
SURE = 0.95  # the probability that a teacher must give a label


def _improvements(bench: Bench) -> Findings:
    """What augmentation buys with few images and with all, what a larger learning rate, and what confident labels.

    The recipe as it is, with all images, was trained for the step before.
    """
    train, test = load_dataset("mnist", "train"), load_dataset("mnist", "test")
    whole, few = Splits(train, test, "mnist"), Splits(few_shot(train, SCARCE, 0), test, "mnist")
    steps, scarce_steps = bench.earlier["convolutions"]["steps"], bench.pick(400, 3_000)
    base, augmented = cnn(), cnn(augmentation="affine")
    asked = {
        "all, augmented": (augmented, whole, steps),
        "few images": (base, few, scarce_steps),
        "few, augmented": (augmented, few, scarce_steps),
        "a quarter of the steps": (base, whole, steps // 4),
        "a quarter, 4 times the rate": (cnn(rate=4e-3), whole, steps // 4),
    }
    plain = [run["test"] for run in bench.earlier["convolutions"]["convolutions"]]
    found: dict[str, list[float]] = {"all images": plain, **{name: [] for name in (*asked, "confident labels")}}

    def taught(seed: int) -> float:
        teacher, _ = fit(base, whole, steps // 2, seed)
        kept = confident(train, whole.model(teacher, "classifier", base.classifier), SURE)
        return accuracy(fit(base, Splits(kept, test, "mnist"), steps, seed)[0], test)

    def trained(recipe: ClassifierRecipe, splits: Splits, count: int, seed: int) -> float:
        return accuracy(fit(recipe, splits, count, seed)[0], test)

    for seed in range(len(plain)):
        for place, (name, how) in enumerate(asked.items()):
            found[name].append(bench.once(f"improvement-{place}-{seed}", partial(trained, *how, seed)))
        found["confident labels"].append(bench.once(f"improvement-confident-{seed}", partial(taught, seed)))
    numbers = {"accuracy": found, "steps": steps, "scarce steps": scarce_steps}
    return Findings("improvements", {"steps": steps}, numbers, {})


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["improvements"]
    accuracies = found["accuracy"]

    def part(says: str, reported: str, name: str, than: str) -> Part:
        ours, others = accuracies[name], accuracies[than]
        words = f"{spread(ours, '.4f')} against {spread(others, '.4f')}"
        return Part(says, reported, words, below(errors(ours), errors(others)))

    yield Verdict(
        "9",
        "2.5",
        "Rotated, sheared and zoomed images, a larger learning rate and training on confident labels improve the CNN.",
        (
            part(f"augmentation helps with {SCARCE} images of each class", "if scarce", "few, augmented", "few images"),
            part("and with all images, in the same steps", "—", "all, augmented", "all images"),
            part(
                "a quarter of the steps do more at 4 times the rate",
                "several times",
                "a quarter, 4 times the rate",
                "a quarter of the steps",
            ),
            part("training on confident labels alone generalises better", "cited", "confident labels", "all images"),
        ),
        Basis(
            f"{CNN}: {setting(cnn(), found['steps'])}, or {found['scarce steps']:,} steps with few images",
            len(accuracies["all images"]),
        ),
        f"Few images are {10 * SCARCE:,} of 60,000. Labels are confident to which a CNN after half of the steps gives "
        f"a probability of {SURE:g}.",
    )


STEPS = (Step("improvements", _improvements),)
CHAPTERS = (Chapter("2.5 How to improve it", "cnn-improving", ("improvements",), _tell),)
