"""Which modes of the data a generator covers: is there mode collapse?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from ..figures.modes import mode_map
from ..figures.save import to_svg
from ..metrics.modes import ClassModes, ClusterModes
from .page import Block, Picture, Table, Text
from .words import percent


class Modes:
    """Which modes are covered: `Clustered` or `Stacked`."""


@dataclass(frozen=True)
class Clustered(Modes):
    """The clusters of real training images that generated ones cover, and those that real test images cover."""

    ours: ClusterModes
    test: ClusterModes


@dataclass(frozen=True, eq=False)
class Stacked(Modes):
    """The combinations of stacked images.

    Attributes:
        modes: how many come, and how evenly.
        uniform_divergence: KL from all combinations equally often.
        classes: what a channel may show; channels: how often each does, of each channel.
        ratios: how often each combination comes, 1 being as often as is due.
    """

    modes: ClassModes
    uniform_divergence: float
    classes: tuple[str, ...]
    channels: tuple[tuple[float, ...], ...]
    ratios: Float[np.ndarray, "k k k"]


def tell_modes(modes: Modes) -> Iterator[Block]:
    """How many modes are covered, beside what real images or sampling alone would cover."""
    if isinstance(modes, Clustered):
        yield from _tell_clustered(modes)
    if isinstance(modes, Stacked):
        yield from _tell_stacked(modes)


def _tell_clustered(modes: Clustered) -> Iterator[Block]:
    yield Text(
        (
            f"A class has many ways to be written. {modes.ours.clusters} clusters of training images, by what the "
            "judging network sees in them, stand for these; a cluster that gets less than a tenth of the images due to "
            "it is one that the generator has lost.",
        )
    )
    yield Table(
        ("clusters", "generated", "test images"),
        (
            ("covered", *(f"{each.covered} of {each.clusters}" for each in (modes.ours, modes.test))),
            (
                "whose share differs from that of training images by more than chance",
                *(str(each.different) for each in (modes.ours, modes.test)),
            ),
        ),
    )


def _tell_stacked(stacked: Stacked) -> Iterator[Block]:
    modes = stacked.modes
    yield Text(
        (
            f"Every combination of three classes is a mode: {len(modes.counts):,} in all. {modes.count:,} generated "
            f"images were read channel by channel; {modes.covered:,} modes are among them. How far their shares are "
            "from those of the data is told by the Kullback–Leibler divergence, in nats; as many images drawn from the "
            f"data itself would give {modes.sampling_divergence:.4f}, for chance alone.",
        )
    )
    yield Table(
        ("figure", "generated", "sampling alone"),
        (
            ("modes", f"{modes.covered:,}", f"{len(modes.counts):,}"),
            ("divergence from the data", f"{modes.divergence:.4f}", f"{modes.sampling_divergence:.4f}"),
            ("divergence from all equally often", f"{stacked.uniform_divergence:.4f}", "—"),
        ),
    )
    yield Picture(
        to_svg(mode_map(stacked.ratios, stacked.classes)),
        "Map of all combinations, coloured by how often each comes",
        "How often each combination comes: a panel for each class of the first channel, a row for each of the second, "
        "a column for each of the third. A cross is one that never comes.",
    )
    yield Table(
        ("class", "first channel", "second", "third"),
        tuple(
            (name, *(percent(shares[label]) for shares in stacked.channels))
            for label, name in enumerate(stacked.classes)
        ),
        "How often each class comes in each channel.",
    )
