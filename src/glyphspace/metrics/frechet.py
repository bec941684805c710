"""Fréchet distance: how far apart two clouds of features are, taken as Gaussians."""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Float64
from torch import Tensor

from ..core.errors import BadInput
from .checks import check_features


@dataclass(frozen=True, eq=False)
class Statistics:
    """The first two moments of a set of features.

    Attributes:
        mean: float64 [d].
        covariance: float64 [d, d], divided by count - 1.
        count: how many rows they were taken from.
    """

    mean: Float64[Tensor, " d"]
    covariance: Float64[Tensor, "d d"]
    count: int


def statistics(features: Float[Tensor, "n d"], chunk: int = 4096) -> Statistics:
    """Mean and covariance of `features` (n ≥ 2) in float64, in one pass over chunks of rows.

    Each chunk is centred on its own mean and merged into the rest (Chan, Golub, LeVeque 1983), so that features far
    from the origin lose no digits and no second copy of them is held.

    Raises:
        BadInput: fewer than two rows, or values that are not finite.
    """
    check_features("given", features, at_least=2)
    width = features.shape[1]
    count = 0
    mean, scatter = features.new_zeros(width).double(), features.new_zeros(width, width).double()
    for rows in features.split(chunk):
        part = rows.double()
        part_mean = part.mean(dim=0)
        centred, shift = part - part_mean, part_mean - mean
        total = count + len(part)
        scatter += centred.T @ centred + torch.outer(shift, shift) * (count * len(part) / total)
        mean += shift * (len(part) / total)
        count = total
    return Statistics(mean, scatter / (count - 1), count)


def frechet_distance(a: Statistics, b: Statistics) -> float:
    """|μa - μb|² + tr(Σa + Σb - 2 (Σa Σb)^½), never negative; 0 for equal moments (Heusel et al. 2017).

    With Σa = A Aᵀ and Σb = B Bᵀ the last trace is the sum of the singular values of Aᵀ B. That equals the
    usual tr (Σa^½ Σb Σa^½)^½, but squares nothing, so null directions of a singular covariance add no noise: equal
    sets come out at 1e-15 of their variance where the eigenvalues of the squared form give 1e-8. Nothing is complex.

    Raises:
        BadInput: the two were taken from features of different widths.
    """
    if len(a.mean) != len(b.mean):
        widths = f"{len(a.mean)} and {len(b.mean)}"
        raise BadInput(f"statistics of features that are {widths} wide cannot be compared: use one network for both")
    apart = (a.mean - b.mean).square().sum()
    variance = a.covariance.trace() + b.covariance.trace()
    shared = torch.linalg.svdvals(_factor(a.covariance).T @ _factor(b.covariance)).sum()
    return max(0.0, float(apart + variance - 2 * shared))


def _factor(covariance: Float64[Tensor, "d d"]) -> Float64[Tensor, "d d"]:
    """F with F Fᵀ = `covariance`; eigenvalues that rounding left below zero count as zero."""
    spectrum = torch.linalg.eigh(covariance)
    factor: Tensor = spectrum.eigenvectors * spectrum.eigenvalues.clamp_min(0).sqrt()
    return factor
