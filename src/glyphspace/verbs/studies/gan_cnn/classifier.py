"""Sections 2.2 and 2.3: training the classifier, and what it says of the first test images."""

from collections.abc import Iterator

import numpy as np
import torch

from ....data import LabelledImages, load_dataset
from ....figures.curves import accuracy_curves, duration_curve, loss_curves
from ....figures.grids import labelled_grid
from ....metrics.features import probabilities
from ....report.apart import agreed
from ....report.page import Block
from ....report.verdict import Basis, Part, Verdict, spread
from ....training.recipes import recipes
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from ..words import setting
from .subjects import CNN, reference_runs

PER_EPOCH = 60_000 // 32
BATCH = 32  # images whose predictions are shown
COLUMNS = 8


def _reference(bench: Bench) -> Findings:
    """The report's recipe: five epochs from several seeds, or the beginning of one run."""
    runs = reference_runs(bench, CNN)
    train, test = (load_dataset("mnist", split) for split in ("train", "test"))
    found = []
    for run in runs:
        loss, model = run.history.column("loss"), run.models["classifier"].net
        found.append(
            {
                "loss at first": float(loss[:100].mean()),
                "loss at the end": float(loss[-len(loss) // 5 :].mean()),
                "train": accuracy(model, train.take(range(10_000))),
                "test": accuracy(model, test),
                "seconds": float(25 * np.median(run.history.column("seconds"))),
            }
        )
    first = runs[0].history
    figures = {
        "loss": loss_curves({"loss": first.column("loss")}, PER_EPOCH),
        "accuracy": accuracy_curves({"accuracy": first.column("accuracy")}, PER_EPOCH),
        "durations": duration_curve(first.column("seconds"), PER_EPOCH),
    }
    epochs = runs[0].step / PER_EPOCH
    return Findings("cnn", {"epochs": epochs}, {"epochs": epochs, "runs": found}, figures)


def accuracy(net: torch.nn.Module, images: LabelledImages) -> float:
    """The share of the images whose label the net gives the largest probability."""
    return float((probabilities(net, images.images).argmax(1) == images.labels).double().mean())


def _predictions(bench: Bench) -> Findings:
    """What the first run's classifier says of the first batch of test images."""
    net = reference_runs(bench, CNN)[0].models["classifier"].net
    batch = load_dataset("mnist", "test").take(range(BATCH))
    said = probabilities(net, batch.images).argmax(1)
    captions = [f"{ours} ({true})" for ours, true in zip(said.tolist(), batch.labels.tolist(), strict=True)]
    right = int((said == batch.labels).sum())
    return Findings(
        "predictions", {}, {"right": right}, {"batch": labelled_grid(batch.images.numpy(), captions, COLUMNS)}
    )


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["cnn"]
    epochs = found["epochs"]
    yield results.picture(
        "predictions",
        "batch",
        f"{BATCH} test images with the label that the CNN gives and, in brackets, the true one",
        f"Figure 8: the label that the CNN gives, and in brackets the true one; "
        f"{results['predictions']['right']} of {BATCH} are right.",
    )
    captions = {
        "loss": "Figure 9: the loss.",
        "accuracy": "Figure 10: how often the CNN is right about the images that it learns from.",
        "durations": "Figure 11: seconds for 25 iterations.",
    }
    for name, caption in captions.items():
        yield results.picture("cnn", name, f"Curve of the CNN's {name} over {epochs:.2g} epochs", caption)
    runs = found["runs"]
    first, last, train, test, seconds = (
        [run[key] for run in runs] for key in ("loss at first", "loss at the end", "train", "test", "seconds")
    )
    yield Verdict(
        "7",
        "2.2, 2.3",
        "The CNN's loss falls from 0.7 to about 0.1; 0.9831 on the training and 0.9783 on the test set; 0.2 to 0.25 s "
        "for 25 iterations.",
        (
            Part(
                "the loss starts near 0.7 (0.4 to 1)",
                "0.7",
                f"{spread(first, '.2f')}, mean of 100",
                agreed(0.4 < loss < 1.0 for loss in first),
            ),
            Part(
                "and falls to about 0.1 (under 0.15)",
                "about 0.1",
                f"{spread(last, '.3f')} over the last fifth of {epochs:.2g} epochs",
                agreed(loss < 0.15 for loss in last),
            ),
            Part(
                "accuracy on the test set, within 0.005",
                "0.9783",
                spread(test, ".4f"),
                agreed(abs(share - 0.9783) < 0.005 for share in test) if epochs > 4.9 else None,
            ),
            Part(
                "training and test accuracy differ little (by less than 0.01)",
                "0.9831 and 0.9783",
                f"{spread(train, '.4f')} and {spread(test, '.4f')}",
                agreed(abs(known - new) < 0.01 for known, new in zip(train, test, strict=True)),
            ),
            Part("25 iterations take 0.2 to 0.25 s", "its CPU", f"{spread(seconds, '.2f')} s on this machine", None),
        ),
        Basis(f"{CNN}: {setting(recipes[CNN], round(epochs * PER_EPOCH))}", len(runs)),
    )


STEPS = (Step("cnn", _reference), Step("predictions", _predictions))
CHAPTERS = (Chapter("2.2, 2.3 Training the classifier", "classifier", ("cnn", "predictions"), _tell),)
