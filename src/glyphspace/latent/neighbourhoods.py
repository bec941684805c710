"""The k nearest neighbours of each point, by exact search in single precision: a matrix product for blocks of rows."""

from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float, Float32, Int64
from torch import Tensor

from ..metrics.neighbours import squared_distances


@dataclass(frozen=True, eq=False)
class Neighbourhoods:
    """The k nearest neighbours of each point, nearest first: indices int64 and Euclidean distances float32 [n, k]."""

    indices: Int64[Tensor, "n k"]
    distances: Float32[Tensor, "n k"]

    def numpy(self) -> tuple[np.ndarray, np.ndarray]:
        """Both as arrays."""
        return self.indices.numpy(), self.distances.numpy()


def neighbourhoods(points: Float[Tensor, "n d"], k: int, queries: Float[Tensor, "m d"] | None = None) -> Neighbourhoods:
    """The `k` ≤ n nearest of `points` to each of `queries`, or (k < n) to each of themselves, who do not count."""
    centre = points.float().mean(dim=0)
    own = points.float() - centre
    asked = own if queries is None else queries.float() - centre
    indices = torch.empty(len(asked), k, dtype=torch.int64)
    distances = torch.empty(len(asked), k)
    for here, squared in squared_distances(asked, own):
        if queries is None:
            squared.diagonal(offset=here.start).fill_(torch.inf)
        nearest = squared.topk(k, dim=1, largest=False)
        indices[here], distances[here] = nearest.indices, nearest.values.sqrt()
    return Neighbourhoods(indices, distances)
