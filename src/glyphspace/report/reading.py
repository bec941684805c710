"""What a classifier reads in generated images: labels, certainty, and how often each class comes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int64, UInt8

from ..figures.distributions import certainty_histogram, class_shares
from ..figures.grids import labelled_grid
from ..figures.save import to_svg
from .page import Block, Picture, Table, Text
from .words import listed, percent

SHOWN, PER_ROW = 30, 10
SURE = 0.9  # a certainty that most real images are read with
FEW = 0.01  # of the images: shares of fewer say nothing
RARE = 0.25  # of what is due to a class


@dataclass(frozen=True, eq=False)
class Labelled:
    """Images, the label a classifier gives each, and its certainty."""

    images: UInt8[np.ndarray, "n 28 28"]
    labels: Int64[np.ndarray, " n"]
    certainty: Float[np.ndarray, " n"]
    classes: tuple[str, ...]

    @property
    def captions(self) -> list[str]:
        """The label and the certainty of each, as "7  0.99"."""
        pairs = zip(self.labels.tolist(), self.certainty.tolist(), strict=True)
        return [caption(self.classes[label], sure) for label, sure in pairs]


@dataclass(frozen=True, eq=False)
class Readings:
    """What a classifier reads in many generated images, beside real ones.

    Attributes:
        shown: a few generated images.
        generated, real: the certainty of every image.
        thresholds: of certainty; kept: the share of the generated images that each leaves.
        shares: of each class in what each threshold leaves, [thresholds][classes].
        real_shares: of each class among real images.
    """

    shown: Labelled
    generated: Float[np.ndarray, " n"]
    real: Float[np.ndarray, " m"]
    thresholds: tuple[float, ...]
    kept: tuple[float, ...]
    shares: Float[np.ndarray, "thresholds classes"]
    real_shares: Float[np.ndarray, " classes"]


def tell_readings(readings: Readings) -> Iterator[Block]:
    """A few images with what is read in them, and certainty as a whole."""
    yield Text(
        (
            "The classifier was trained on real images. It names the most probable class of each generated one; how "
            "probable it finds that class is its certainty. Certainty tells much of an image's quality, but not all: "
            "a classifier can be certain of a scrawl.",
        )
    )
    shown = readings.shown
    yield Picture(
        to_svg(labelled_grid(shown.images, shown.captions, PER_ROW)),
        f"{len(shown.labels)} generated images with the label and the certainty that the classifier gives each",
        "The first samples, with what the classifier reads in each and how certain it is.",
    )
    yield Picture(
        to_svg(certainty_histogram({"generated": readings.generated, "real": readings.real})),
        "Histogram of the classifier's certainty on generated and on real images",
        f"{_certain(readings.real)} of the real images and {_certain(readings.generated)} of the generated ones are "
        f"read with a certainty of at least {SURE:g}. What lies far to the left are images between classes. Mind the "
        "vertical axis: each line is ten times the one below.",
    )


def tell_distribution(readings: Readings) -> Iterator[Block]:
    """How often each class comes, in all images and in those that are read with some certainty."""
    classes = readings.shown.classes
    yield Text(
        (
            "A generator that has learned all of its training images draws each class as often as it occurs there. "
            "Keeping only what the classifier is certain of favours classes that are easy to draw. (Classes are what "
            "the classifier says; the judging network above may count a few images elsewhere.)",
            _rare(classes, readings.shares[0], readings.real_shares),
        )
    )
    rows = list(zip(readings.thresholds, readings.kept, readings.shares, strict=True))
    named = {threshold_name(threshold): row for threshold, kept, row in rows if kept >= FEW}
    yield Picture(
        to_svg(class_shares(classes, named, readings.real_shares)),
        "Bars of the share of each class at several thresholds of certainty, with lines for real images",
        "Share of each class: the stronger the colour of a bar, the more certain the images that it counts. The lines "
        f"are real images. Thresholds that leave less than {percent(FEW, 0)} of the images are not drawn.",
    )
    yield Table(
        ("certainty", "images kept", "rarest class", "its share", "most frequent class", "its share"),
        tuple((threshold_name(threshold), percent(kept), *_ends(classes, row)) for threshold, kept, row in rows),
        "What each threshold of certainty leaves",
    )


def caption(name: str, certainty: float) -> str:
    """A class and its certainty under an image; certainty is cut and not rounded, so that only 1 reads as 1."""
    return f"{name}  {np.floor(100 * certainty) / 100:.2f}"


def threshold_name(threshold: float) -> str:
    """What a threshold of certainty is called."""
    return f"≥ {threshold:g}" if threshold else "all"


def _certain(certainty: Float[np.ndarray, " n"]) -> str:
    return percent(float((certainty >= SURE).mean()))


def _ends(classes: Sequence[str], shares: Float[np.ndarray, " classes"]) -> tuple[str, str, str, str]:
    if not shares.any():
        return "—", "—", "—", "—"
    least, most = int(shares.argmin()), int(shares.argmax())
    return classes[least], percent(float(shares[least])), classes[most], percent(float(shares[most]))


def _rare(classes: Sequence[str], shares: Float[np.ndarray, " classes"], real: Float[np.ndarray, " classes"]) -> str:
    rare = [name for name, share, due in zip(classes, shares, real, strict=True) if share < RARE * due]
    if not rare:
        return f"Every class comes at least {percent(RARE, 0)} as often as among real images: none was forgotten."
    return f"Less than {percent(RARE, 0)} as often as among real images: {listed(rare)}."
