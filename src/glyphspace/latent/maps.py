"""Maps: points of many dimensions laid out in two, by several methods, and new points placed among them.

A map shows who is near whom, and little else: `map_quality` says how far it can be believed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from jaxtyping import Float, Float32
from torch import Tensor

from ..core.errors import BadInput, Unavailable
from ..core.progress import Progress, silent
from ..core.randomness import derive_seed, stream
from ..core.registry import Registry
from .principal import principal_axes

COMPONENTS = 50  # principal components that t-SNE and UMAP are given of points with more dimensions
FEWEST = 10
NEIGHBOURS = 15

Place = Callable[[Float[Tensor, "m d"]], Float32[Tensor, "m 2"]]


@dataclass(frozen=True, eq=False)
class Map:
    """Points laid out in two dimensions.

    Attributes:
        positions: float32 [n, 2].
        method: the name of what made it.
        place: where new points [m, d] belong among them, float32 [m, 2]; the map itself stays as it is.
    """

    positions: Float32[Tensor, "n 2"]
    method: str
    place: Place


class Method(Protocol):
    """A map of `points` [n, d], n ≥ 10.

    `start` is where the method begins: "pca", the same from every seed and truer at large distances, or "random".
    """

    def __call__(
        self, points: Float[Tensor, "n d"], seed: int = 0, start: str = "pca", progress: Progress = silent
    ) -> Map: ...


maps: Registry[Method] = Registry("map")


@maps.register("pca")
def pca(points: Float[Tensor, "n d"], seed: int = 0, start: str = "pca", progress: Progress = silent) -> Map:
    """The first two principal components: a plain projection, the same from every seed and start."""
    _check(points)
    axes = principal_axes(points, 2)
    if axes.directions.shape[1] < 2:
        raise BadInput("points of one number each lie on a line; a map needs two or more")
    return Map(axes(points), "pca", axes)


@maps.register("tsne")
def tsne(points: Float[Tensor, "n d"], seed: int = 0, start: str = "pca", progress: Progress = silent) -> Map:
    """t-SNE (van der Maaten and Hinton, 2008) by openTSNE, with the interpolation of FIt-SNE (2019)."""
    from . import tsne as implementation

    _check(points)
    reduce = principal_axes(points, COMPONENTS)
    reduced = reduce(points)
    embedding = implementation.fit(reduced, first_positions(reduced, seed, start), progress)
    positions = implementation.positions(embedding)
    return Map(positions, "tsne", lambda new: implementation.place(embedding, reduce(new)))


@maps.register("umap")
def umap(points: Float[Tensor, "n d"], seed: int = 0, start: str = "pca", progress: Progress = silent) -> Map:
    """UMAP (McInnes, Healy and Melville, 2018), of the extra "umap".

    Raises:
        Unavailable: it is not installed.
    """
    _check(points)
    learn = _umap_learn()
    reduce = principal_axes(points, COMPONENTS)
    reduced = reduce(points)
    fitted = learn.UMAP(
        n_neighbors=min(NEIGHBOURS, len(points) - 1),
        init=first_positions(reduced, seed, start).numpy(),
        random_state=derive_seed(seed, "umap") % 2**32,
        n_jobs=1,
    ).fit(reduced.numpy())
    return Map(_tensor(fitted.embedding_), "umap", lambda new: _tensor(fitted.transform(reduce(new).numpy())))


def first_positions(points: Float[Tensor, "n d"], seed: int, start: str) -> Float32[Tensor, "n 2"]:
    """Where a map begins, with a standard deviation of 1e-4.

    Args:
        points: along their principal components.
        start: "pca" or "random".

    Raises:
        BadInput: another start.
    """
    if start not in ("pca", "random"):
        raise BadInput(f"a map starts from 'pca' or from 'random', not from {start!r}")
    noise = torch.randn(len(points), 2, generator=stream(seed, "map", "start"))
    if start == "random":
        return 1e-4 * noise
    first = torch.nn.functional.pad(points[:, :2], (0, max(0, 2 - points.shape[1])))
    return 1e-4 * first / first[:, 0].std().clamp(min=1e-12) + 1e-6 * noise  # noise sets equal points apart


def _check(points: Tensor) -> None:
    if len(points) < FEWEST:
        raise BadInput(f"{len(points)} points make no map; give at least {FEWEST}")
    if not torch.isfinite(points).all():
        raise BadInput("some of the points to map are not finite")


def _umap_learn() -> Any:
    try:
        import umap
    except ImportError:
        raise Unavailable("UMAP is an extra: pip install 'glyphspace[umap]', or ask for tsne or pca") from None
    return umap


def _tensor(positions: Any) -> Float32[Tensor, "n 2"]:
    return torch.as_tensor(positions).float()
