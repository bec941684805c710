"""t-SNE by openTSNE, with neighbours found exactly, an attraction that abates, and a grid as coarse as the maps allow.

Early exaggeration abates from stage to stage, where it is usually dropped at once: less is torn apart that belongs
together, so fewer steps give a map that is more trustworthy. The repulsion is interpolated on a grid. openTSNE's has
a cell for each unit of the map; one of one and a half units takes less time, and the maps are as trustworthy.
(benchmarks/maps.py compares both with what is usual.)
"""

from typing import Any

import numpy as np
import openTSNE
import torch
from jaxtyping import Float, Float32
from openTSNE.affinity import PerplexityBasedNN
from openTSNE.callbacks import Callback
from openTSNE.nearest_neighbors import KNNIndex
from torch import Tensor

from ..core.progress import Progress
from .neighbourhoods import neighbourhoods

PERPLEXITY = 30.0
STAGES = ((125, 12.0, 0.5), (75, 6.0, 0.5), (75, 3.0, 0.8), (75, 1.5, 0.8), (250, 1.0, 0.8))
"""Steps, exaggeration and momentum; it is small at first, as in "Visualizing data using t-SNE" (2008)."""
STEPS = sum(steps for steps, _, _ in STAGES)
TOLD = 25  # steps from one sign of progress to the next, which costs a sum over all neighbours
CELL = 1.5  # units of the map
MANY = 1000  # points; below that the tree of Barnes and Hut is faster than a grid


class ExactNeighbours(KNNIndex):
    """Neighbours by `neighbourhoods`: no approximation, and for tens of thousands of points as fast as one."""

    VALID_METRICS = ("euclidean",)

    def build(self) -> tuple[np.ndarray, np.ndarray]:
        """The k nearest others of each point: indices and distances, both [n, k]."""
        return neighbourhoods(self.data, self.k).numpy()

    def query(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """The k nearest points of each of new ones."""
        return neighbourhoods(self.data, k, torch.as_tensor(query)).numpy()


def fit(points: Float[Tensor, "n d"], start: Float[Tensor, "n 2"], progress: Progress) -> openTSNE.TSNEEmbedding:
    """The embedding of `points` that begins at `start`."""
    count = len(points)
    perplexity = min(PERPLEXITY, (count - 1) / 3)
    index = ExactNeighbours(points, min(count - 1, int(3 * perplexity)))
    embedding = openTSNE.TSNEEmbedding(
        start.double().numpy(),
        PerplexityBasedNN(knn_index=index, perplexity=perplexity, n_jobs=torch.get_num_threads()),
        negative_gradient_method="fft" if count >= MANY else "bh",
        ints_in_interval=CELL,
        n_jobs=torch.get_num_threads(),
    )
    done = 0
    for steps, exaggeration, momentum in STAGES:
        embedding.optimize(
            steps,
            exaggeration=exaggeration,
            momentum=momentum,
            learning_rate=max(200.0, count / exaggeration),  # Belkina et al., 2019
            inplace=True,
            callbacks=[_Telling(progress, done)],
            callbacks_every_iters=TOLD,
        )
        done += steps
    return embedding


def positions(embedding: Any) -> Float32[Tensor, "n 2"]:
    """Where its points are."""
    return torch.from_numpy(np.asarray(embedding)).float()


def place(embedding: openTSNE.TSNEEmbedding, points: Float[Tensor, "m d"]) -> Float32[Tensor, "m 2"]:
    """Where new points belong: begun at the median of their neighbours and moved while the map keeps still."""
    if not len(points):
        return torch.empty(0, 2)
    return positions(embedding.transform(points.numpy(), perplexity=5, k=min(25, len(embedding))))


class _Telling(Callback):
    def __init__(self, progress: Progress, before: int) -> None:
        self.progress, self.before = progress, before

    def __call__(self, iteration: int, error: float, embedding: Any) -> bool:
        self.progress(self.before + iteration, STEPS, "laying out")
        return False
