"""Precision, recall, density and coverage: do two sets of features lie in each other's neighbourhoods?

The neighbourhood of a set is the union of balls about its points, each reaching to its point's k-th neighbour.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from .checks import check_pair
from .neighbours import BLOCK, centred, radii, squared_distances

ROUNDING = 1e-12  # of the largest squared norm: what float64 may add to a squared distance that is 0


@dataclass(frozen=True)
class Manifold:
    """How two sets of features lie in each other's neighbourhoods.

    Attributes:
        precision: share of generated images inside the ball of some real image (Kynkäänniemi et al. 2019).
        recall: share of real images inside the ball of some generated image (the same).
        density: real balls that a generated image lies in, on average, over k; it may exceed 1 (Naeem et al. 2020).
        coverage: share of real images whose ball holds a generated image (the same).
        k: the neighbour that a ball reaches to.
    """

    precision: float
    recall: float
    density: float
    coverage: float
    k: int


def compare_manifolds(
    real: Float[Tensor, "n d"], fake: Float[Tensor, "m _"], k: int = 5, block: int = BLOCK
) -> Manifold:
    """Precision, recall, density and coverage of `fake` against `real`, in float64.

    Balls are closed: a point at distance ≤ radius is inside, as Kynkäänniemi et al. define it. The package prdc uses
    a strict <. The two differ where a ball has radius 0, that is, where an image occurs more than k times: copies of
    it lie inside the closed ball.

    Args:
        real, fake: features [n, d] and [m, d], with more than k rows each.
        block: distances that are held at a time, 8 bytes each.

    Raises:
        BadInput: too few rows, widths that differ, values that are not finite.
    """
    check_pair(real, fake, at_least=k + 1)
    x, y = centred(real, fake)
    slack = ROUNDING * torch.maximum(x.square().sum(dim=1).max(), y.square().sum(dim=1).max())
    real_reach = radii(x, k, block).square().add_(slack).unsqueeze(1)
    fake_reach = radii(y, k, block).square().add_(slack)

    balls_around_fake = torch.zeros(len(y), dtype=torch.int64)
    real_is_covered = torch.empty(len(x), dtype=torch.bool)
    real_is_recalled = torch.empty(len(x), dtype=torch.bool)
    for here, squared in squared_distances(x, y, block):
        in_real_ball = squared <= real_reach[here]
        balls_around_fake += in_real_ball.sum(dim=0)
        real_is_covered[here] = in_real_ball.any(dim=1)
        real_is_recalled[here] = (squared <= fake_reach).any(dim=1)
    return Manifold(
        precision=_share(balls_around_fake > 0),
        recall=_share(real_is_recalled),
        density=float(balls_around_fake.double().mean()) / k,
        coverage=_share(real_is_covered),
        k=k,
    )


def _share(mask: Tensor) -> float:
    return float(mask.double().mean())
