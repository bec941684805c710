"""How far a map can be believed: are neighbours on it neighbours indeed, do labels keep together, do seeds agree?"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float, Float64, Int64
from torch import Tensor

from ..core.errors import BadInput
from ..metrics.neighbours import squared_distances
from .neighbourhoods import neighbourhoods

K = 12


def trustworthiness(points: Float[Tensor, "n d"], positions: Float[Tensor, "n 2"], k: int = K) -> float:
    """How far the k neighbours of each point on the map are its neighbours among `points`: 1 is all, 0.5 is chance.

    A false neighbour counts by how many points are nearer than it is (Venna and Kaski, 2001).

    Raises:
        BadInput: k is not below n / 2.
    """
    count = len(points)
    if not 0 < k < count / 2:
        raise BadInput(f"trustworthiness among {count} points needs a k below half of that, and {k} is not")
    found = neighbourhoods(positions, k).indices
    own = points.float() - points.float().mean(dim=0)
    excess = 0
    for here, squared in squared_distances(own, own):
        squared.diagonal(offset=here.start).fill_(torch.inf)
        distances = squared.gather(1, found[here])
        for neighbour in distances.unbind(1):
            nearer = (squared < neighbour[:, None]).sum(1)
            excess += int((nearer + 1 - k).clamp(min=0).sum())
    return 1 - excess * 2 / (count * k * (2 * count - 3 * k - 1))


@dataclass(frozen=True)
class Purity:
    """Of the k nearest neighbours of a point, the share with its own label; and what labels at random would give."""

    share: float
    chance: float


def purity(points: Float[Tensor, "n d"], labels: Int64[Tensor, " n"], k: int = K) -> Purity:
    """Neighbour purity, of a map or of the space itself: what the one has and the other lacks, the map has made up."""
    same = labels[neighbourhoods(points, k).indices] == labels[:, None]
    counts = torch.bincount(labels).double()
    chance = (counts * (counts - 1)).sum() / (len(labels) * (len(labels) - 1))
    return Purity(float(same.double().mean()), float(chance))


def kept_neighbours(one: Float[Tensor, "n _"], other: Float[Tensor, "n _"], k: int = K) -> float:
    """The share of each point's k nearest neighbours in `one` that are among its k nearest in `other`."""
    first, second = (neighbourhoods(each, k).indices for each in (one, other))
    return float((first.unsqueeze(2) == second.unsqueeze(1)).any(2).double().mean())


def class_distances(
    positions: Float[Tensor, "n 2"], labels: Int64[Tensor, " n"], classes: int
) -> Float64[Tensor, "classes classes"]:
    """Distances between the medians of the classes, in units of their mean; NaN for a class without points."""
    middles = torch.full((classes, positions.shape[1]), torch.nan, dtype=torch.float64)
    for label in labels.unique().tolist():
        middles[label] = positions[labels == label].double().median(dim=0).values
    distances = (middles[:, None] - middles).norm(dim=2)
    apart = distances[~torch.eye(classes, dtype=torch.bool)]
    return distances / apart[torch.isfinite(apart)].mean()


@dataclass(frozen=True, eq=False)
class Agreement:
    """What maps of the same points from several seeds have in common.

    Attributes:
        neighbours: share of each point's neighbours that two maps share, the mean over all pairs of maps.
        distances: float64 [classes, classes], between the medians of classes, in units of their mean; over all maps.
        spread: their standard deviation over the maps: what is not much smaller than the distances is made up.
        nearest: int64 [maps, classes], the class whose median is nearest, on each map; -1 for a class without points.
    """

    neighbours: float
    distances: Float64[Tensor, "classes classes"]
    spread: Float64[Tensor, "classes classes"]
    nearest: Int64[Tensor, "maps classes"]

    @property
    def same_nearest(self) -> float | None:
        """The share of classes that have the same nearest class on all maps; None where there are no two classes."""
        there = self.nearest[0] >= 0
        if not there.any():
            return None
        return float((self.nearest == self.nearest[0]).all(0)[there].double().mean())


def agreement(positions: Sequence[Float[Tensor, "n 2"]], labels: Int64[Tensor, " n"], classes: int) -> Agreement:
    """Compare two or more maps of the same points.

    Raises:
        BadInput: there are fewer than two.
    """
    if len(positions) < 2:
        raise BadInput("one map agrees with itself; compare two or more")
    pairs = [(one, other) for i, one in enumerate(positions) for other in positions[:i]]
    distances = torch.stack([class_distances(each, labels, classes) for each in positions])
    apart = distances.nan_to_num(torch.inf).masked_fill(torch.eye(classes, dtype=torch.bool), torch.inf)
    nearest = apart.argmin(2).masked_fill(torch.isinf(apart).all(2), -1)
    shared = torch.tensor([kept_neighbours(one, other) for one, other in pairs]).mean()
    return Agreement(float(shared), distances.mean(0), distances.std(0), nearest)
