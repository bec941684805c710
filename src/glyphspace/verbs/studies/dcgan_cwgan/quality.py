"""How good images are, in the few figures by which the study compares generators."""

from dataclasses import dataclass
from functools import lru_cache

import torch
from jaxtyping import Float64, UInt8
from torch import Tensor, nn

from ....data import load_dataset
from ....latent.decode import decode, z_dim
from ....latent.prior import normal
from ....metrics.feature_set import FeatureSet
from ....metrics.features import see
from ....metrics.frechet import Statistics, frechet_distance, statistics
from ....metrics.manifold import compare_manifolds
from ....metrics.modes import Clusters, cluster, cluster_modes
from ....metrics.scores import class_shares, label_accuracy
from ....nets.model import Model
from ....zoo import feature_network
from ...evaluate import asked_for
from ..frame import Bench

CLUSTERED = 10_000  # training images, whose clusters stand for modes
COMPARED = 3_000  # images on either side of precision and coverage
SURE = 0.9  # the certainty from which on an image counts as read
FEWEST = 100  # images that can be read, below which classes are not counted
COVERED = 0.02  # the share of these from which on a class counts as drawn


@dataclass(frozen=True)
class Quality:
    """The figures of some images; features and probabilities are the judging network's.

    Attributes:
        distance: Fréchet distance to the test images.
        precision: share of the images that lie among real ones.
        coverage: share of real images that have a generated one near them.
        modes: how many of 100 clusters of real images get a tenth of what is due.
        read: the share of images with a certainty of 0.9 or more.
        classes: how many classes have 2% of those; None where they are under 100.
        shares: of each class among all images.
        named: the share that is taken for the class that was asked for; None where none was.
    """

    distance: float
    precision: float
    coverage: float
    modes: int
    read: float
    classes: int | None
    shares: tuple[float, ...]
    named: float | None


@dataclass(frozen=True, eq=False)
class Reference:
    """Real images as the judging network sees them: test images, and where training images gather."""

    judge: nn.Module
    test: FeatureSet
    test_shares: Float64[Tensor, " classes"]
    moments: Statistics
    clusters: Clusters


@lru_cache(maxsize=2)
def reference(dataset: str) -> Reference:
    """What images of this dataset are compared with."""
    judge = feature_network(dataset, "judging").net
    training, test = (load_dataset(dataset, split) for split in ("train", "test"))
    seen = see(judge, test.images)
    known = see(judge, training.images[:CLUSTERED])
    shares = class_shares(test.labels, len(test.classes))
    return Reference(judge, seen, shares, statistics(seen.features), cluster(known.features))


def samples(bench: Bench) -> int:
    """How many images a generator is judged by."""
    return bench.pick(2_000, 5_000)


def drawn(model: Model, count: int) -> tuple[UInt8[Tensor, "n 28 28"], Tensor | None]:
    """Images of a generator, the same latents for all, and the classes that a conditional one was asked for."""
    asked, conditions = asked_for(model, load_dataset(model.dataset, "test"), count)
    return decode(model, normal(count, z_dim(model), 0, "study"), conditions), asked


def quality(model: Model, count: int) -> Quality:
    """The figures of `count` images of a generator."""
    images, asked = drawn(model, count)
    return quality_of(images, model.dataset, asked)


def quality_of(images: UInt8[Tensor, "n 28 28"], dataset: str, asked: Tensor | None = None) -> Quality:
    """The figures of images beside those of a dataset.

    Args:
        asked: int64 [n], the class that each should be.
    """
    real = reference(dataset)
    seen = see(real.judge, images)
    assert seen.probabilities is not None
    certainty, labels = seen.probabilities.max(1)
    count, read = seen.probabilities.shape[1], labels[certainty >= SURE]
    near = compare_manifolds(real.test.features[:COMPARED], seen.features[:COMPARED])
    return Quality(
        frechet_distance(real.moments, statistics(seen.features)),
        near.precision,
        near.coverage,
        cluster_modes(real.clusters, seen.features).covered,
        len(read) / len(labels),
        int((class_shares(read, count) >= COVERED).sum()) if len(read) >= FEWEST else None,
        tuple(class_shares(labels, count).tolist()),
        None if asked is None else label_accuracy(labels, asked),
    )


def real_quality(dataset: str, count: int) -> Quality:
    """The same of as many real training images, none of which made a cluster: what cannot be beaten."""
    training = load_dataset(dataset, "train")
    return quality_of(training.images[torch.arange(count) + CLUSTERED], dataset)
