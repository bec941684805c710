"""Computed things such as pages are made of, small and drawn at random."""

import numpy as np

from glyphspace.metrics.discrimination import ClassDiscrimination, Discrimination
from glyphspace.metrics.judge import ClassScores, Judgement
from glyphspace.metrics.kernel import KernelDistance
from glyphspace.metrics.manifold import Manifold
from glyphspace.metrics.memorisation import Memorisation
from glyphspace.metrics.modes import ClassModes, ClusterModes
from glyphspace.report.latents import Means
from glyphspace.report.modes import Clustered, Stacked
from glyphspace.report.quality import Discerned, Quality
from glyphspace.report.reading import Labelled, Readings
from glyphspace.report.samples import Copies, Evolution, Samples

CLASSES = tuple("0123456789")
RNG = np.random.default_rng(0)


def images(count: int) -> np.ndarray:
    """Squares of noise on an empty ground, uint8 [count, 28, 28]."""
    drawn = np.zeros((count, 28, 28), dtype=np.uint8)
    drawn[:, 8:20, 8:20] = RNG.integers(0, 256, (count, 12, 12))
    return drawn


def labelled(count: int) -> Labelled:
    return Labelled(images(count), RNG.integers(0, 10, count), RNG.random(count, dtype=np.float32), CLASSES)


def samples() -> Samples:
    return Samples(images(48), images(48))


def evolution(frames: int) -> Evolution:
    return Evolution(tuple(range(0, 50 * frames, 50)), tuple(images(64) for _ in range(frames)))


def copies() -> Copies:
    return Copies(images(20), images(20), np.arange(20.0), np.arange(100.0), np.arange(100.0) / 2)


def judgement(frechet: float, kernel: float) -> Judgement:
    classes = ClassScores(6.5, 9.8, (0.1,) * 10, 3.3219, 0.071, 0.05, None)
    return Judgement(
        360,
        200,
        frechet,
        KernelDistance(kernel, 0.0123),
        Manifold(0.61, 0.72, 0.83, 0.94, 5),
        classes,
        Memorisation(2.0, 1.9, 1.05, 0.011),
        None,
    )


def quality(floor_kernel: float = 0.0001) -> Quality:
    return Quality("deep, trained on mnist", 0.996, judgement(12.345, 0.25), judgement(0.204, floor_kernel))


def discerned() -> Discerned:
    by_class = (*(ClassDiscrimination(0.75, 0.8, 0.7) for _ in CLASSES[1:]), ClassDiscrimination(None, 0.9, None))
    return Discerned(Discrimination(0.755, 0.81, 0.7), by_class, CLASSES)


def readings(**changes: object) -> Readings:
    shares = np.array([[0.1] * 10, [0.01] + [0.11] * 9, [0.0] * 10])
    given = {
        "shown": labelled(30),
        "generated": RNG.random(100),
        "real": RNG.random(100),
        "thresholds": (0.0, 0.5, 0.95),
        "kept": (1.0, 0.6, 0.0),
        "shares": shares,
        "real_shares": np.full(10, 0.1),
    }
    return Readings(**{**given, **changes})  # type: ignore[arg-type]


def means() -> Means:
    ten = labelled(10)
    right = Labelled(ten.images, np.arange(10), ten.certainty, CLASSES)
    wrong = Labelled(ten.images, np.zeros(10, dtype=np.int64), ten.certainty, CLASSES)
    long = RNG.random(10, dtype=np.float32) + 8
    return Means(64, 0.95, CLASSES, (100,) * 10, wrong, right, long / 4, long, RNG.random(1000, dtype=np.float32) + 7.5)


def modes() -> Clustered:
    return Clustered(ClusterModes(100, 87, 41), ClusterModes(100, 100, 6))


def stacked_modes() -> Stacked:
    counts = np.full(1000, 26)
    counts[345] = 0
    return Stacked(
        ClassModes(tuple(counts.tolist()), 999, 0.0456, 0.0193), 0.0512, CLASSES, ((0.1,) * 10,) * 3,
        counts.reshape(10, 10, 10) / 26,
    )  # fmt: skip
