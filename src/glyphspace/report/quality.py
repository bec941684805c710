"""The figures of generated images beside those that real images would get, and what each of them means."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure

from ..figures.comparison import Measured, against_floors
from ..figures.save import to_svg
from ..metrics.discrimination import ClassDiscrimination, Discrimination
from ..metrics.judge import ClassScores, Judgement
from ..metrics.memorisation import Memorisation
from .page import Block, Picture, Table, Text
from .words import numeral, percent

Row = tuple[str, str, str, str, str]

LESS, MORE, ALIKE = "↓ less", "↑ more", "≈ floor"


_DRIFT = (
    "The objective of this run only compares a real image with a generated one, so the level above which it says "
    "“real” may drift: then it takes nearly everything for real, or nearly nothing, and still tells the two apart."
)


_FEWER = " Here there were too few for as many, so the floor is of fewer images than the figures beside it, and higher."


@dataclass(frozen=True)
class Quality:
    """What a judging network says of generated images, and of real training images in their place.

    Attributes:
        network: the judging network, in words; accuracy: of it, on test images.
        judgement: of generated against test images; floor: of training against test images.
    """

    network: str
    accuracy: float
    judgement: Judgement
    floor: Judgement


@dataclass(frozen=True)
class Discerned:
    """How often the run's discriminator is right about test and generated images."""

    overall: Discrimination
    by_class: tuple[ClassDiscrimination, ...]
    classes: tuple[str, ...]


def tell_quality(quality: Quality) -> Iterator[Block]:
    """A chart and a table of every figure with its floor."""
    ours, floor = quality.judgement, quality.floor
    yield Text(
        (
            f"{ours.fake_count:,} generated images were compared with the {ours.real_count:,} test images, which took "
            "no part in the training. Not pixel by pixel: a judging network that has learned to tell the classes "
            f"apart ({quality.network}, right about {percent(quality.accuracy)} of the test images) turns each image "
            "into a row of numbers, its features, and these are compared.",
            f"Even real images are no exact match. The floor is what {floor.fake_count:,} training images would get in "
            "place of the generated ones; nothing that is learned from them can be expected to be better."
            + (_FEWER if floor.fake_count < min(ours.fake_count, ours.real_count) else ""),
        )
    )
    yield Picture(to_svg(_chart(ours, floor)), "Chart of the metrics of generated images beside their floors")
    yield Table(
        ("figure", "generated", "floor", "better", "what it says"),
        tuple(_rows(ours, floor, quality.accuracy)),
        align="lrrll",
    )


def tell_discerned(discerned: Discerned, objective: str) -> Iterator[Block]:
    """The discriminator's accuracy, overall and by class."""
    overall = discerned.overall
    yield Text(
        (
            f"After the training the discriminator is right about {percent(overall.overall)} of images: it takes "
            f"{percent(overall.real)} of the test images for real, and {percent(overall.fake)} of the generated ones "
            "for generated. 50% would be guessing. A class whose generated images it seldom sees through is one that "
            "the generator draws well, or one that the discriminator never learned to judge.",
            *([_DRIFT] if objective == "relativistic" else []),
        )
    )
    rows = [
        (name, *("—" if share is None else percent(share) for share in (found.overall, found.real, found.fake)))
        for name, found in zip(discerned.classes, discerned.by_class, strict=True)
    ]
    yield Table(
        ("class", "right", "real taken for real", "generated seen through"),
        tuple(rows),
        "By class: that of a test image is its own, that of a generated one is the one that was asked for or, where "
        "none was, what the judging network takes it for.",
    )


def _chart(ours: Judgement, floor: Judgement) -> Figure:
    # The floor of the kernel distance is nothing but chance around 0: a multiple of it would say nothing.
    distances = [Measured("Fréchet distance", ours.frechet, floor.frechet)]
    shares = [
        Measured(name, getattr(ours.manifold, name), getattr(floor.manifold, name))
        for name in ("precision", "recall", "density", "coverage")
    ]
    return against_floors([each for each in distances if each.value > 0 and each.floor > 0], shares)


def _rows(ours: Judgement, floor: Judgement, accuracy: float) -> Iterator[Row]:
    yield (
        "Fréchet distance",
        f"{ours.frechet:.3f}",
        f"{floor.frechet:.3f}",
        LESS,
        "how far apart the two clouds of features are, in place and in shape",
    )
    yield (
        "kernel distance",
        f"{numeral(ours.kernel.value, '.4f')} ± {ours.kernel.standard_error:.4f}",
        numeral(floor.kernel.value, ".4f"),
        LESS,
        "the same without supposing any shape; 0 on average for images of one source",
    )
    meanings = {
        "precision": "share of generated images that lie where real ones do: are they good?",
        "recall": "share of real images that lie where generated ones do: are they varied?",
        "density": "how thick real images lie around generated ones; may exceed 1",
        "coverage": "share of real images that have a generated one near by",
    }
    for name, meaning in meanings.items():
        yield (name, *(f"{getattr(each.manifold, name):.3f}" for each in (ours, floor)), MORE, meaning)  # type: ignore[misc]
    if ours.classes and floor.classes:
        yield from _class_rows(ours.classes, floor.classes, accuracy)
    if ours.memorisation and floor.memorisation:
        yield from _memorisation_rows(ours.memorisation, floor.memorisation)


def _class_rows(ours: ClassScores, floor: ClassScores, accuracy: float) -> Iterator[Row]:
    count = len(ours.shares)
    yield (
        "classifier score",
        f"{ours.score:.2f}",
        f"{floor.score:.2f}",
        MORE,
        f"from 1 to {count}: each image clearly of one class, all classes equally often",
    )
    yield (
        "rarest class",
        percent(ours.smallest_share),
        percent(floor.smallest_share),
        MORE,
        f"its share of the images; {percent(1 / count)} when all come equally often",
    )
    if ours.label_accuracy is not None:
        yield (
            "labelled as asked",
            percent(ours.label_accuracy),
            percent(accuracy),
            MORE,
            "share of images that the judging network takes for the class that was asked for",
        )
    yield (
        "class entropy",
        numeral(ours.entropy, ".3f"),
        numeral(floor.entropy, ".3f"),
        MORE,
        f"how evenly the classes come, in bits; at most {math.log2(count):.3f}",
    )


def _memorisation_rows(ours: Memorisation, floor: Memorisation) -> Iterator[Row]:
    yield (
        "near to training",
        percent(ours.closer_share),
        percent(floor.closer_share),
        ALIKE,
        "share of images nearer to a training image than 99% of test images are; far more would be copies",
    )
