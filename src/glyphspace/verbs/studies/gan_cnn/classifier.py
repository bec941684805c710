"""Sections 2.2 to 2.5: training the classifier, convolutions against dense layers, and what each improvement buys."""

import time
from collections.abc import Iterator

import numpy as np
import torch

from ....data import LabelledImages, few_shot, load_dataset
from ....figures.curves import accuracy_curves, duration_curve, loss_curves
from ....metrics.features import probabilities
from ....report.page import Block
from ....report.verdict import Part, Verdict, mean, spread
from ....training.classifier import ClassifierTraining
from ....training.device import choose_compute
from ....training.recipes import ClassifierRecipe, override, recipes
from ....training.state import Splits
from ...confident import confident
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from .subjects import reference_runs

SCARCE = 100  # images of each class where data is scarce
SHIFT = 3  # pixels
DENSE = "dense:width=36"  # as many parameters as the CNN, as nearly as can be


def _reference(bench: Bench) -> Findings:
    """The report's recipe: five epochs from several seeds, or the beginning of one run."""
    runs = reference_runs(bench, "cnn-reference", 900)
    train, test = (load_dataset("mnist", split) for split in ("train", "test"))
    found = []
    for run in runs:
        loss, model = run.history.column("loss"), run.models["classifier"].net
        found.append(
            {
                "loss at first": float(loss[:100].mean()),
                "loss at the end": float(loss[-len(loss) // 5 :].mean()),
                "train": _accuracy(model, train.take(range(10_000))),
                "test": _accuracy(model, test),
                "seconds": float(25 * np.median(run.history.column("seconds"))),
            }
        )
    per_epoch, first = len(train) // 32, runs[0].history
    figures = {
        "loss": loss_curves({"loss": first.column("loss")}, per_epoch),
        "accuracy": accuracy_curves({"accuracy": first.column("accuracy")}, per_epoch),
        "durations": duration_curve(first.column("seconds"), per_epoch),
    }
    epochs = runs[0].step / per_epoch
    return Findings("cnn", {"epochs": epochs}, {"epochs": epochs, "runs": found}, figures)


def _accuracy(net: torch.nn.Module, images: LabelledImages) -> float:
    return float((probabilities(net, images.images).argmax(1) == images.labels).double().mean())


def _fit(recipe: ClassifierRecipe, splits: Splits, steps: int, seed: int) -> tuple[torch.nn.Module, float]:
    """A classifier after so many steps, and the median seconds of one."""
    training = ClassifierTraining(recipe, splits, seed, choose_compute())
    seconds = []
    for step in range(steps):
        began = time.perf_counter()
        training.advance(step, step / steps)
        seconds.append(time.perf_counter() - began)
    return training.classifier, float(np.median(seconds))


def _convolutions(bench: Bench) -> Findings:
    """The CNN and a dense net of about as many parameters, on test images as they are and moved."""
    splits = Splits(load_dataset("mnist", "train"), load_dataset("mnist", "test"), "mnist")
    seeds, steps = bench.pick((1, 600), (3, 5 * 1_875))
    found: dict[str, list[dict[str, float]]] = {"convolutions": [], "dense": []}
    for name, spec in (("convolutions", "reference"), ("dense", DENSE)):
        recipe = override(recipes["cnn-reference"], {"classifier": spec})
        assert isinstance(recipe, ClassifierRecipe)
        for seed in range(seeds):
            bench.breathe()
            net, seconds = _fit(recipe, splits, steps, seed)
            moved = splits.test.take(range(len(splits.test)))
            shifted = torch.roll(moved.images, (SHIFT, -SHIFT), (1, 2))
            found[name].append(
                {
                    "parameters": sum(p.numel() for p in net.parameters()),
                    "seconds": seconds,
                    "test": _accuracy(net, splits.test),
                    "moved": float((probabilities(net, shifted).argmax(1) == moved.labels).double().mean()),
                }
            )
    return Findings("convolutions", {"steps": steps, "seeds": seeds}, {"steps": steps, **found}, {})


def _improvements(bench: Bench) -> Findings:
    """What augmentation buys with few images and with all, what a larger learning rate, and what confident labels."""
    train, test = load_dataset("mnist", "train"), load_dataset("mnist", "test")
    whole, few = Splits(train, test, "mnist"), Splits(few_shot(train, SCARCE, 0), test, "mnist")
    seeds, steps, scarce_steps = bench.pick((1, 500, 500), (3, 5 * 1_875, 3_000))
    base = recipes["cnn-reference"]
    asked = {
        "all images": (base, whole, steps),
        "all, augmented": (override(base, {"augmentation": "affine"}), whole, steps),
        "few images": (base, few, scarce_steps),
        "few, augmented": (override(base, {"augmentation": "affine"}), few, scarce_steps),
        "a quarter of the steps": (base, whole, steps // 4),
        "a quarter, 4 times the rate": (override(base, {"rate": 4e-3}), whole, steps // 4),
    }
    found: dict[str, list[float]] = {name: [] for name in asked}
    for name, (recipe, splits, count) in asked.items():
        assert isinstance(recipe, ClassifierRecipe)
        for seed in range(seeds):
            bench.breathe()
            found[name].append(_accuracy(_fit(recipe, splits, count, seed)[0], test))
    found["confident labels"] = []
    for seed in range(seeds):
        bench.breathe()
        first, _ = _fit(base, whole, steps // 2, seed)  # type: ignore[arg-type]
        kept = confident(train, whole.model(first, "classifier", base.classifier), 0.95)  # type: ignore[union-attr]
        found["confident labels"].append(_accuracy(_fit(base, Splits(kept, test, "mnist"), steps, seed)[0], test))  # type: ignore[arg-type]
    return Findings("improvements", {"steps": steps, "seeds": seeds}, {"accuracy": found, "steps": steps}, {})


def _tell_training(results: Results) -> Iterator[Block | Verdict]:
    found = results["cnn"]
    epochs = found["epochs"]
    for name in ("loss", "accuracy", "durations"):
        yield results.picture("cnn", name, f"Curve of the classifier's {name} over {epochs:.2g} epochs")
    first, last, train, test, seconds = (
        [run[name] for run in found["runs"]]
        for name in ("loss at first", "loss at the end", "train", "test", "seconds")
    )
    yield Verdict(
        "7",
        "2.2, 2.3",
        "The CNN's loss falls from 0.7 to about 0.1; 0.9831 on the training and 0.9783 on the test set; 0.2 to 0.25 s "
        "for 25 iterations.",
        (
            Part("the loss starts near 0.7", "0.7", f"{spread(first, '.2f')}, mean of 100", 0.4 < mean(first) < 1.0),
            Part(
                "and falls to about 0.1",
                "about 0.1",
                f"{spread(last, '.3f')} over the last fifth of {epochs:.2g} epochs",
                mean(last) < 0.15,
            ),
            Part(
                "accuracy on the test set, within 0.005",
                "0.9783",
                spread(test, ".4f"),
                abs(mean(test) - 0.9783) < 0.005 if epochs > 4.9 else None,
            ),
            Part(
                "training and test accuracy differ little",
                "0.9831 and 0.9783",
                f"{spread(train, '.4f')} and {spread(test, '.4f')}",
                abs(mean(train) - mean(test)) < 0.01,
            ),
            Part("25 iterations take 0.2 to 0.25 s", "its CPU", f"{spread(seconds, '.2f')} s on this machine", None),
        ),
    )


def _tell_convolutions(results: Results) -> Iterator[Block | Verdict]:
    found = results["convolutions"]
    values = {
        name: [[run[name] for run in found[net]] for net in ("convolutions", "dense")]
        for name in ("parameters", "seconds", "test", "moved")
    }

    def both(name: str, written: str) -> str:
        return " against ".join(spread(some, written) for some in values[name])

    def ratio(name: str) -> float:
        return mean(values[name][0]) / mean(values[name][1])

    yield Verdict(
        "8",
        "2.4",
        "Convolutions are better for images than dense layers: fewer parameters, hence faster to train, and no less "
        "accurate.",
        (
            Part(
                "at as many parameters they are more accurate",
                "—",
                f"{both('test', '.4f')}, with {both('parameters', ',.0f')} parameters",
                ratio("test") > 1,
            ),
            Part(
                "so they are faster to train",
                "rapidly trained",
                f"a step takes {ratio('seconds'):.1f} times as long as one of the dense net",
                ratio("seconds") < 1,
            ),
            Part(
                f"they care less where the digit stands (moved by {SHIFT} pixels both ways)",
                "—",
                both("moved", ".3f"),
                ratio("moved") > 1,
            ),
        ),
        "Convolutions save parameters, not arithmetic: every weight is used at every place of the image.",
    )


def _tell_improvements(results: Results) -> Iterator[Block | Verdict]:
    found = results["improvements"]["accuracy"]

    def part(says: str, reported: str, name: str, than: str) -> Part:
        noise = max(float(np.std(v, ddof=1)) if len(v) > 1 else 0.001 for v in (found[name], found[than]))
        words = f"{spread(found[name], '.4f')} against {spread(found[than], '.4f')}"
        return Part(says, reported, words, mean(found[name]) > mean(found[than]) + noise)

    yield Verdict(
        "9",
        "2.5",
        "Rotated, sheared and zoomed images, a larger learning rate and training on confident labels improve the CNN.",
        (
            part(f"augmentation helps with {SCARCE} images of each class", "if scarce", "few, augmented", "few images"),
            part("and with all images, in the same steps", "—", "all, augmented", "all images"),
            part(
                "a quarter of the steps do at 4 times the rate",
                "several times",
                "a quarter, 4 times the rate",
                "a quarter of the steps",
            ),
            part("training on confident labels alone generalises better", "cited", "confident labels", "all images"),
        ),
        f"Few images are {10 * SCARCE:,} of 60,000. A difference within the noise does not count.",
    )


STEPS = (Step("cnn", _reference), Step("convolutions", _convolutions), Step("improvements", _improvements))
CHAPTERS = (
    Chapter("2.2, 2.3 Training the classifier", "classifier", ("cnn",), _tell_training),
    Chapter("2.4 Why convolutions", "convolutions", ("convolutions",), _tell_convolutions),
    Chapter("2.5 How to improve it", "cnn-improving", ("improvements",), _tell_improvements),
)
