"""How often a classifier is right, what it takes for what, and its surest mistakes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int64

from ..figures.distributions import certainty_histogram
from ..figures.grids import labelled_grid
from ..figures.matrix import matrix
from ..figures.save import to_svg
from .page import Block, Picture, Table, Text
from .reading import PER_ROW, Labelled, threshold_name
from .words import percent

MISTAKES = 20  # that are shown
THRESHOLDS = (0.0, 0.5, 0.9, 0.95, 0.99)


@dataclass(frozen=True, eq=False)
class Accuracy:
    """A classifier's figures on the test images.

    Attributes:
        accuracy: share that it labels right; loss: mean cross-entropy in nats.
        confusion: counts, [true class][label given].
        certainty: of each test image; is_right: whether its label is.
    """

    accuracy: float
    loss: float
    classes: tuple[str, ...]
    confusion: Int64[np.ndarray, "classes classes"]
    certainty: Float[np.ndarray, " n"]
    is_right: Bool[np.ndarray, " n"]

    @property
    def mistakes(self) -> int:
        """How many test images it labels wrong."""
        return int(self.confusion.sum() - self.confusion.trace())


@dataclass(frozen=True, eq=False)
class Mistakes:
    """The images that a classifier labels wrong with the greatest certainty, and their true labels."""

    read: Labelled
    truth: Int64[np.ndarray, " n"]


def tell_accuracy(accuracy: Accuracy) -> Iterator[Block]:
    """Accuracy overall, by class and by certainty."""
    count = int(accuracy.confusion.sum())
    yield Text(
        (
            f"Of {count:,} test images, none of which it was trained on, it labels {count - accuracy.mistakes:,} right "
            f"and {accuracy.mistakes:,} wrong: an accuracy of {accuracy.accuracy:.4f}. The loss, the mean of −ln p of "
            f"the right class, is {accuracy.loss:.4f}. With other test images of the same kind the accuracy would "
            f"come out within about ±{_error(accuracy.accuracy, count):.4f} of this (95%).",
        )
    )
    yield Table(
        ("class", "test images", "labelled right", "accuracy", "most often taken for"),
        tuple(_class_rows(accuracy)),
        "By class",
    )
    yield Text(
        (
            "The largest of the class probabilities is the certainty. A classifier that knows its limits makes its "
            "mistakes where it is less certain.",
        )
    )
    if accuracy.is_right.all():
        groups = {"right": accuracy.certainty}
    else:
        groups = {"right": accuracy.certainty[accuracy.is_right], "wrong": accuracy.certainty[~accuracy.is_right]}
    yield Picture(
        to_svg(certainty_histogram({name: values for name, values in groups.items() if len(values)})),
        "Histogram of the certainty of labels that are right and of labels that are wrong",
        "How certain it is where it is right, and where it is wrong. Mind the vertical axis.",
    )
    yield Table(
        ("certainty", "share of images", "accuracy among them"),
        tuple(_certain_rows(accuracy)),
        "What certainty is worth",
    )


def tell_confusion(accuracy: Accuracy) -> Iterator[Block]:
    """The confusion matrix without its diagonal, whose counts would drown the rest."""
    mistakes = accuracy.confusion.astype(np.float64)
    np.fill_diagonal(mistakes, np.nan)
    row, column = np.unravel_index(np.nanargmax(mistakes), mistakes.shape)
    yield Text(
        (
            "Each row is a true class, each column a label: the number is how many test images of the one were taken "
            "for the other. Labels that are right, on the diagonal, are left out.",
        )
    )
    yield Picture(
        to_svg(matrix(mistakes, accuracy.classes, accuracy.classes, "true class", "label given", ".0f")),
        f"Confusion matrix of the classifier's {accuracy.mistakes:,} mistakes",
        f"Most often, {mistakes[row, column]:.0f} times, {accuracy.classes[row]} is taken for "
        f"{accuracy.classes[column]}."
        if accuracy.mistakes
        else "There are no mistakes.",
    )


def tell_predictions(read: Labelled) -> Iterator[Block]:
    """Test images with their labels."""
    yield Text(("The first test images, with the label that the classifier gives each and how certain it is.",))
    yield Picture(
        to_svg(labelled_grid(read.images, read.captions, PER_ROW)),
        f"{len(read.labels)} test images with the label and the certainty that the classifier gives each",
    )


def tell_mistakes(mistakes: Mistakes) -> Iterator[Block]:
    """The surest mistakes."""
    yield Text(
        (
            "The test images that it labels wrong with the greatest certainty: the true class, an arrow, and what it "
            "takes the image for. Many would make a person hesitate; those that would not show what it has missed.",
        )
    )
    captions = [
        f"{mistakes.read.classes[truth]} → {read}"
        for truth, read in zip(mistakes.truth, mistakes.read.captions, strict=True)
    ]
    yield Picture(
        to_svg(labelled_grid(mistakes.read.images, captions, PER_ROW)),
        f"{len(captions)} test images that are labelled wrong, with the true class, the label and its certainty",
    )


def _class_rows(accuracy: Accuracy) -> Iterator[tuple[str, ...]]:
    for label, (name, row) in enumerate(zip(accuracy.classes, accuracy.confusion, strict=True)):
        others = np.delete(row, label)
        taken = np.delete(np.arange(len(row)), label)[others.argmax()] if others.any() else None
        yield (
            name,
            f"{row.sum():,}",
            f"{row[label]:,}",
            percent(row[label] / row.sum(), 2) if row.any() else "—",
            f"{accuracy.classes[taken]} ({row[taken]:,})" if taken is not None else "—",
        )


def _certain_rows(accuracy: Accuracy) -> Iterator[tuple[str, ...]]:
    for threshold in THRESHOLDS:
        kept = accuracy.is_right[accuracy.certainty >= threshold]
        share = percent(len(kept) / len(accuracy.is_right))
        yield threshold_name(threshold), share, percent(kept.mean(), 2) if len(kept) else "—"


def _error(accuracy: float, count: int) -> float:
    """Half of a 95% interval (Agresti and Coull 1998, which holds near 1 as well)."""
    centre = (accuracy * count + 2) / (count + 4)
    return 2 * (centre * (1 - centre) / (count + 4)) ** 0.5
