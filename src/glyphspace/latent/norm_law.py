"""Why the mean of many latents is short: the law of norms, and what of it is the class's own.

A latent of class c is the class's shift μ plus noise of covariance Σ. The mean of n of them has
E‖mean‖² = ‖μ‖² + tr Σ / n: it shrinks as 1/√n towards ‖μ‖, and with n = 1 it is the norm of a sample, √(‖μ‖² + tr Σ).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float64
from torch import Tensor

from ..core.randomness import stream
from .labelled import LabelledLatents

REPEATS = 20  # means of each size, whose squared norms are averaged


@dataclass(frozen=True, eq=False)
class NormLaw:
    """The norms of means of n latents, measured and as the law has them, for one class.

    Attributes:
        sizes: how many latents were averaged.
        measured: float64 [sizes], the root of the mean squared norm.
        expected: float64 [sizes], by the law.
        shift: ‖μ‖, estimated without the bias of a finite mean; 0 where nothing of it can be seen.
        spread: √(tr Σ).
        count: latents that all this rests on.
    """

    sizes: tuple[int, ...]
    measured: Float64[Tensor, " sizes"]
    expected: Float64[Tensor, " sizes"]
    shift: float
    spread: float
    count: int


def norm_law(latents: Float64[Tensor, "n z"], sizes: Sequence[int], seed: int) -> NormLaw:
    """The law for these latents, n ≥ 2; `sizes` above n are left out."""
    count = len(latents)
    mean = latents.mean(dim=0)
    spread = (latents - mean).square().sum() / (count - 1)
    shift = (mean.square().sum() - spread / count).clamp(min=0)
    small = tuple(size for size in sizes if size <= count)
    measured = torch.stack([_root_mean_square(latents, size, seed) for size in small])
    expected = (shift + spread / torch.tensor(small, dtype=torch.float64)).sqrt()
    return NormLaw(small, measured, expected, float(shift.sqrt()), float(spread.sqrt()), count)


def norm_laws(labelled: LabelledLatents, sizes: Sequence[int], seed: int = 0) -> dict[int, NormLaw]:
    """The law of each class that has two latents or more, by label."""
    own = ((label, labelled.latents[labelled.labels == label].double()) for label in range(len(labelled.classes)))
    return {label: norm_law(latents, sizes, seed) for label, latents in own if len(latents) > 1}


def _root_mean_square(latents: Tensor, size: int, seed: int) -> Float64[Tensor, ""]:
    """Over means of `size` latents each, drawn without putting back as long as there are enough."""
    draws = stream(seed, "means", size)
    chosen = [torch.randperm(len(latents), generator=draws)[:size] for _ in range(REPEATS)]
    return torch.stack([latents[rows].mean(dim=0).square().sum() for rows in chosen]).mean().sqrt()
