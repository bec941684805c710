"""Mode collapse, measured: which modes of the data a generator covers, and how evenly.

Where every class is a mode, as on stacked digits, modes are counted by labels. Elsewhere a class has many ways to be
written, and the clusters of real images' features stand for them.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Float64, Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import derive_seed, stream
from .checks import check_features, check_pair
from .neighbours import nearest
from .scores import class_shares

CLUSTERED, CLUSTERS = 20_000, 100  # training images to cluster, and into how many clusters, which stand for modes
DRAWS = 100  # simulated sets of labels, for what sampling alone gives
FEW = 0.1  # a cluster that comes less often than this share of what is due is not covered
SIGMAS = 1.96  # two-sided 5%


@dataclass(frozen=True)
class ClassModes:
    """Classes as modes.

    Attributes:
        counts: how often each class comes.
        covered: how many come at least once.
        divergence: KL(labels ‖ reference) in nats, over all classes.
        sampling_divergence: the mean of that over as many labels drawn from the reference, which no generator can
            be expected to beat.
    """

    counts: tuple[int, ...]
    covered: int
    divergence: float
    sampling_divergence: float

    @property
    def count(self) -> int:
        """How many labels were counted."""
        return sum(self.counts)

    @property
    def missing(self) -> tuple[int, ...]:
        """The classes that never come."""
        return tuple(label for label, count in enumerate(self.counts) if not count)


def class_modes(labels: Int64[Tensor, " n"], reference: Float64[Tensor, " classes"], seed: int = 0) -> ClassModes:
    """Count the classes among `labels` and compare their shares with `reference`, those of the data.

    With 1,000 classes, 26,000 labels and a classifier of this domain it is the count of Stacked-MNIST (Unrolled GAN,
    2016; VEEGAN, 2017; PacGAN, 2018).

    Args:
        reference: shares that are above 0 and sum to 1.
        seed: of the simulation.

    Raises:
        BadInput: there are no labels, one lies outside the classes, or the reference is not such shares.
    """
    if not (reference > 0).all() or abs(float(reference.sum()) - 1) > 1e-6:
        raise BadInput("modes are compared with the share of each class, which must be above 0 and sum to 1")
    shares = class_shares(labels, len(reference))
    return ClassModes(
        counts=tuple(torch.bincount(labels, minlength=len(reference)).tolist()),
        covered=int((shares > 0).sum()),
        divergence=divergence(shares, reference),
        sampling_divergence=sampling_divergence(reference, len(labels), seed),
    )


def divergence(shares: Float64[Tensor, " classes"], reference: Float64[Tensor, " classes"]) -> float:
    """KL(shares ‖ reference) in nats; `reference` is above 0 where `shares` is."""
    return float(torch.special.xlogy(shares, shares / reference).sum())


def sampling_divergence(reference: Float64[Tensor, " classes"], count: int, seed: int = 0) -> float:
    """The mean KL(shares ‖ reference) of `count` labels drawn from `reference`, by simulation.

    For many labels it comes near (classes - 1) / (2 count): 0.0192 for 1,000 classes and 26,000 labels.
    """
    draws = stream(seed, "modes", count)
    found = 0.0
    for _ in range(DRAWS):
        drawn = torch.multinomial(reference, count, replacement=True, generator=draws)
        found += divergence(class_shares(drawn, len(reference)), reference)
    return found / DRAWS


@dataclass(frozen=True, eq=False)
class Clusters:
    """Where real images gather.

    Attributes:
        centres: float [k, d], in features.
        shares: float64 [k], of the images that were clustered.
        count: how many those were.
    """

    centres: Float[Tensor, "k d"]
    shares: Float64[Tensor, " k"]
    count: int

    def __len__(self) -> int:
        return len(self.centres)

    def of(self, features: Float[Tensor, "n d"]) -> Int64[Tensor, " n"]:
        """The cluster that each image falls into."""
        return nearest(features, self.centres).indices


@dataclass(frozen=True)
class ClusterModes:
    """Clusters as modes.

    Attributes:
        clusters: how many there are.
        covered: how many get at least a tenth of the images that are due to them.
        different: how many get a share that differs from the real one by more than chance, at 5% (the number of
            statistically different bins; On GANs and GMMs, 2018). By chance alone it is a twentieth.
    """

    clusters: int
    covered: int
    different: int

    @property
    def share(self) -> float:
        """How much of them is covered."""
        return self.covered / self.clusters


def clustered(count: int) -> Int64[Tensor, " n"]:
    """Which of `count` training images to cluster: 20,000 at random, or all of fewer."""
    return torch.randperm(count, generator=stream(0, "clustered"))[:CLUSTERED]


def cluster(features: Float[Tensor, "n d"], k: int | None = None, seed: int = 0) -> Clusters:
    """The k clusters of real images' features, by k-means; by default 100, or one for every ten of few images.

    Raises:
        BadInput: there are fewer than k images, or a value is not finite.
    """
    from sklearn.cluster import KMeans  # takes a second to import

    if k is None:
        k = min(CLUSTERS, max(1, len(features) // 10))
    check_features("real", features, at_least=k)
    means = KMeans(k, n_init=1, random_state=derive_seed(seed, "clusters") % 2**32).fit(features.double().numpy())
    labels = torch.from_numpy(means.labels_).long()
    centres = torch.from_numpy(means.cluster_centers_).to(features.dtype)
    shares = class_shares(labels, k)
    there = shares > 0  # of few points that are different some clusters stay empty
    return Clusters(centres[there], shares[there], len(features))


def cluster_modes(clusters: Clusters, features: Float[Tensor, "n d"]) -> ClusterModes:
    """Which of `clusters` the images with these features cover.

    Raises:
        BadInput: there are no images, their features have another width, or a value is not finite.
    """
    check_pair(clusters.centres, features, at_least=1)
    shares = class_shares(clusters.of(features), len(clusters))
    pooled = (shares * len(features) + clusters.shares * clusters.count) / (len(features) + clusters.count)
    spread = (pooled * (1 - pooled) * (1 / len(features) + 1 / clusters.count)).sqrt()
    return ClusterModes(
        clusters=len(clusters),
        covered=int((shares >= FEW * clusters.shares).sum()),
        different=int(((shares - clusters.shares).abs() > SIGMAS * spread).sum()),
    )
