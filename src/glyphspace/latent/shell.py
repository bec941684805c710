"""The shell in which nearly all latents of the normal prior lie: their norms are spread as chi with z degrees."""

import math

from jaxtyping import Float
from torch import Tensor

SHARE = 0.99


def shell(z_dim: int, share: float = SHARE) -> tuple[float, float]:
    """The least and the greatest norm of the central `share` of N(0, I) in `z_dim` dimensions."""
    from scipy.special import gammaincinv  # takes as long to import as a short message to draw

    low, high = (math.sqrt(2 * float(gammaincinv(z_dim / 2, part))) for part in ((1 - share) / 2, (1 + share) / 2))
    return low, high


def held(latents: Float[Tensor, "n z"], share: float = SHARE) -> Float[Tensor, "n z"]:
    """Each latent moved towards or away from the origin until it lies in the shell; those that do stay put."""
    low, high = shell(latents.shape[1], share)
    norms = latents.norm(dim=1, keepdim=True).clamp(min=1e-12)
    # A little within, so that rounding leaves nobody outside.
    return latents * (norms.clamp(low * (1 + 1e-6), high * (1 - 1e-6)) / norms)
