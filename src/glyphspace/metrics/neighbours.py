"""Nearest neighbours by exact search, in blocks of rows: all distances are computed and few are ever held.

Distances come from a matrix product, |x|² + |y|² - 2 x·y, which loses digits where points are much closer to each
other than to the origin. Hence `centred`, which also moves to float64: on a CPU that takes 1.7 times as long as float32
and makes the loss too small to see.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

import torch
from jaxtyping import Float, Float64, Int64
from torch import Tensor

from ..core.errors import BadInput
from .checks import check_features, check_pair

BLOCK = 2**22  # distances held at a time: 32 MB in float64, near what the caches hold


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest neighbour of each of n points.

    Attributes:
        indices: int64 [n], rows of the reference; any one among equals.
        distances: float64 [n], Euclidean.
    """

    indices: Int64[Tensor, " n"]
    distances: Float64[Tensor, " n"]


def centred(*sets: Float[Tensor, "_ _"]) -> tuple[Float64[Tensor, "_ _"], ...]:
    """Float64 copies of sets of points about one origin, the mean of the first. No distance changes."""
    origin = sets[0].double().mean(dim=0)
    return tuple(points.double() - origin for points in sets)


def squared_distances(
    points: Float[Tensor, "n d"], others: Float[Tensor, "m d"], block: int = BLOCK
) -> Iterator[tuple[slice, Float[Tensor, "rows m"]]]:
    """All squared Euclidean distances in blocks of rows, none negative, in the dtype of the arguments.

    Each block comes with the slice of `points` it belongs to. It is overwritten by the next one.
    """
    rows = min(len(points), max(1, block // len(others)))
    buffer = points.new_empty(rows, len(others))
    across, down = others.square().sum(dim=1), points.square().sum(dim=1, keepdim=True)
    for start in range(0, len(points), rows):
        here = slice(start, min(start + rows, len(points)))
        squared = buffer[: here.stop - start]
        torch.addmm(across, points[here], others.T, alpha=-2, out=squared)
        yield here, squared.add_(down[here]).clamp_min_(0)


def radii(points: Float[Tensor, "n d"], k: int, block: int = BLOCK) -> Float64[Tensor, " n"]:
    """The distance from each point to its k-th nearest other point, in float64.

    A point is no neighbour of itself, but a copy of it is one, at distance 0.

    Raises:
        BadInput: there are no k other points, or a value is not finite.
    """
    if k < 1:
        raise BadInput(f"neighbours are counted from 1, so k cannot be {k}")
    check_features("given", points, at_least=k + 1)
    (own,) = centred(points)
    result = own.new_empty(len(own))
    for here, squared in squared_distances(own, own, block):
        squared.diagonal(offset=here.start).fill_(torch.inf)
        result[here] = squared.topk(k, dim=1, largest=False, sorted=False).values.amax(dim=1)
    return result.sqrt_()


def nearest(points: Float[Tensor, "n d"], reference: Float[Tensor, "m _"], block: int = BLOCK) -> Nearest:
    """The nearest row of `reference` to each of `points`, searched in float64.

    Raises:
        BadInput: one of the sets is empty, widths differ, a value is not finite.
    """
    check_pair(reference, points, at_least=1)
    seen, queries = centred(reference, points)
    return search(queries, seen, block)


def search(points: Float[Tensor, "n d"], reference: Float[Tensor, "m d"], block: int = BLOCK) -> Nearest:
    """The nearest row of `reference` to each of `points`, searched in their own dtype and as they stand.

    The distance to what is found is taken from the difference of the two in float64: a copy is at 0 exactly.
    """
    side = max(1, isqrt(block))  # of square blocks: for each row of them all of the reference goes through the caches
    found = [_nearest_rows(some, reference, side) for some in points.split(side)]
    pairs = zip(points.split(side), found, strict=True)
    distances = [(some.double() - reference[rows].double()).norm(dim=1) for some, rows in pairs]
    return Nearest(torch.cat(found), torch.cat(distances))


def _nearest_rows(points: Float[Tensor, "n d"], reference: Float[Tensor, "m d"], side: int) -> Int64[Tensor, " n"]:
    least = points.new_full((len(points),), torch.inf)
    rows = torch.zeros(len(points), dtype=torch.int64, device=points.device)
    buffer = points.new_empty(len(points), min(side, len(reference)))
    for first in range(0, len(reference), side):
        some = reference[first : first + side]
        # |y|² - 2 x·y is least for the same y as |x - y|².
        values, at = torch.addmm(some.square().sum(dim=1), points, some.T, alpha=-2, out=buffer[:, : len(some)]).min(
            dim=1
        )
        nearer = values < least
        least, rows = torch.where(nearer, values, least), torch.where(nearer, at + first, rows)
    return rows
