"""Perceptual path length: how much images change on a short step between two latents, in features of the domain."""

from collections.abc import Callable

import torch
from jaxtyping import Float, Float64
from torch import Tensor, nn

from ..core.errors import BadInput
from ..nets.model import Model
from ..nets.use import BATCH, evaluating
from .decode import decode
from .paths import slerp

STEP = 1e-3  # of the way between two latents; smaller ones drown in the rounding of float32


def path_lengths(
    generator: Model,
    network: nn.Module,
    starts: Float[Tensor, "n z"],
    ends: Float[Tensor, "n z"],
    places: Float[Tensor, " n"],
    conditions: Float[Tensor, "n e"] | None = None,
    between: Callable[[Tensor, Tensor, Tensor], Tensor] = slerp,
) -> Float64[Tensor, " n"]:
    """For each pair the squared distance of the features at `places` and at a step from there, over the squared step.

    Their mean is the perceptual path length of Karras et al. 2019, with features of this domain in place of ImageNet's.

    Args:
        network: has a method `features`; the image goes into it as the generator paints it, not rounded to bytes.
        places: how far along each path, in [0, 1].
        between: `slerp`, or `lerp` for straight paths.

    Raises:
        BadInput: the latents or conditions do not fit, or the network has no features.
    """
    see = getattr(network, "features", None)
    if not callable(see):
        raise BadInput(f"{type(network).__name__} has no features to measure by: use a classifier")
    told = () if conditions is None else (conditions,)
    decode(generator, starts[:1], None if conditions is None else conditions[:1])  # which says what does not fit
    near = places.clamp(0, 1 - STEP).unsqueeze(1)
    points = [between(starts, ends, place) for place in (near, near + STEP)]
    parts = []
    with evaluating(generator.net), evaluating(network), torch.inference_mode():
        for first in range(0, len(starts), BATCH):
            rows = slice(first, first + BATCH)
            here, there = (see(generator.net(each[rows], *(c[rows] for c in told))).double() for each in points)
            parts.append((there - here).square().sum(dim=1) / STEP**2)
    return torch.cat(parts).clone()
