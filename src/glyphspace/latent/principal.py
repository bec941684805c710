"""Principal components: the directions along which points differ most."""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Float32
from torch import Tensor

from ..core.randomness import stream

EXACT = 1000  # dimensions beyond which the components are found by iteration
MORE, ROUNDS = 10, 4  # of Halko, Martinsson and Tropp, 2011: directions to spare, and how often they are sharpened


@dataclass(frozen=True, eq=False)
class Axes:
    """The principal components of a set of points.

    Attributes:
        mean: float32 [d].
        directions: float32 [d, k], orthonormal, that of the largest variance first.
        shares: float32 [k], the share of the points' variance along each.
    """

    mean: Float32[Tensor, " d"]
    directions: Float32[Tensor, "d k"]
    shares: Float32[Tensor, " k"]

    def __call__(self, points: Float[Tensor, "n d"]) -> Float32[Tensor, "n k"]:
        """The points along these components."""
        return (points.float() - self.mean) @ self.directions


def principal_axes(points: Float[Tensor, "n d"], count: int) -> Axes:
    """The first `count` principal components, or all there are; in each the largest number is positive."""
    mean = points.double().mean(dim=0)
    centred = points.double() - mean if points.shape[1] <= EXACT else points.float() - mean.float()
    spanned = _range(centred, count) if points.shape[1] > EXACT else None
    within = centred if spanned is None else centred @ spanned
    variances, directions = torch.linalg.eigh(within.T @ within)
    directions = directions.flip(1)[:, :count]
    if spanned is not None:
        directions = spanned @ directions
    largest = directions.gather(0, directions.abs().argmax(0, keepdim=True))
    shares = variances.flip(0)[:count] / centred.square().sum().clamp(min=1e-30)
    return Axes(mean.float(), (directions * largest.sign()).float(), shares.float())


def _range(centred: Float[Tensor, "n d"], count: int) -> Float[Tensor, "d k"]:
    """An orthonormal basis of nearly the directions in which `centred` is longest."""
    width = min(count + MORE, *centred.shape)
    start = torch.randn(centred.shape[1], width, generator=stream(0, "principal"), dtype=centred.dtype)
    basis = torch.linalg.qr(start).Q
    for _ in range(ROUNDS):
        basis = torch.linalg.qr(centred.T @ (centred @ basis)).Q
    return basis
