"""How much of a map each class occupies.

The map is laid under a square grid. A cell is occupied when a point lies within the radius, which is how far most
points have to go to their tenth neighbour; it belongs to the class that most of the ten points nearest to its middle
have, and of classes that as many have to the one that is nearest. A class's area is its share of the occupied cells.
Beside it stands its share of the points: a class that has much of both only comes often.
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float32, Float64, Int64
from torch import Tensor

from .neighbourhoods import neighbourhoods

CELLS = 100  # along a side
VOTERS = 10
WITHIN = 0.9  # of the points have their tenth neighbour within the radius


@dataclass(frozen=True, eq=False)
class Areas:
    """The shares of a map that classes occupy.

    Attributes:
        areas: float64 [classes], shares of the occupied cells; they sum to 1.
        points: float64 [classes], shares of the points.
        owners: int64 [CELLS, CELLS], the class of each cell, -1 where it is not occupied; rows go upwards.
        corner: float32 [2], where the grid begins.
        side: of the grid, in units of the map.
    """

    areas: Float64[Tensor, " classes"]
    points: Float64[Tensor, " classes"]
    owners: Int64[Tensor, "cells cells"]
    corner: Float32[Tensor, " 2"]
    side: float


def areas(positions: Float32[Tensor, "n 2"], labels: Int64[Tensor, " n"], classes: int) -> Areas:
    """How much of the map of these `positions`, n > 10, each class occupies."""
    voters = min(VOTERS, len(positions) - 1)
    radius = float(neighbourhoods(positions, voters).distances[:, -1].quantile(WITHIN))
    low, high = positions.amin(0), positions.amax(0)
    side = float((high - low).max()) + 2 * radius
    corner = (low + high - side) / 2
    steps = (torch.arange(CELLS) + 0.5) * side / CELLS
    rows, columns = torch.meshgrid(corner[1] + steps, corner[0] + steps, indexing="ij")
    middles = torch.stack([columns.flatten(), rows.flatten()], dim=1)
    found = neighbourhoods(positions, voters, middles)
    weights = 1 + 0.5 ** torch.arange(1, voters + 1)  # of equal numbers of votes those of the nearer ones count more
    votes = torch.zeros(len(middles), classes)
    votes.scatter_add_(1, labels[found.indices], weights.expand(len(middles), -1))
    owners = votes.argmax(1).masked_fill(found.distances[:, 0] > radius, -1)
    counts = torch.bincount(owners[owners >= 0], minlength=classes).double()
    shares = torch.bincount(labels, minlength=classes).double() / len(labels)
    return Areas(counts / counts.sum().clamp(min=1), shares, owners.view(CELLS, CELLS), corner, side)
