"""Truncation: latents from which the far values are kept out, at the price of variety."""

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from .prior import priors

Latents = Float32[Tensor, "n z"]


def truncate(latents: Latents, limit: float) -> Latents:
    """Normal latents made latents of the normal distribution that is cut off at ±`limit`.

    That is the truncation of "Large scale GAN training" (Brock et al. 2019), which draws values beyond the limit again.
    Here each value keeps its rank instead, so that a latent moves little and depends on no other draw.

    Raises:
        BadInput: a limit that leaves nothing.
    """
    if not limit > 0:
        raise BadInput(f"latents cannot be cut off at ±{limit:g}; give a limit above 0")
    wide = latents.double()
    outside = torch.special.ndtr(torch.tensor(-limit, dtype=torch.float64))
    rank = outside + torch.special.ndtr(wide) * (1 - 2 * outside)
    return torch.special.ndtri(rank).clamp(-limit, limit).float()


def draw_latents(
    prior: str, limit: float | None, count: int, z_dim: int, seed: int, *names: str | int, start: int = 0
) -> Latents:
    """Latents of the prior of this name, cut off at ±`limit` unless that is None.

    Raises:
        UnknownName: there is no such prior. BadInput: one that is bounded is to be cut off.
    """
    latents = priors[prior](count, z_dim, seed, *names, start=start)
    if limit is None:
        return latents
    if prior != "normal":
        raise BadInput(f"the prior {prior!r} is bounded already; only normal latents are truncated")
    return truncate(latents, limit)
