"""Latents to images."""

import torch
from jaxtyping import Float, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..data.scaling import to_bytes
from ..metrics.features import evaluating
from ..nets.model import Model


def z_dim(generator: Model) -> int:
    """How many numbers a latent of `generator` has; `BadInput` when the model is no generator."""
    if generator.kind != "generator":
        raise BadInput(f"latents are decoded by a generator; this model is a {generator.kind}")
    return int(generator.net.z_dim)  # type: ignore[arg-type]


def decode(generator: Model, latents: Float[Tensor, "n z"], batch_size: int = 500) -> UInt8[Tensor, "n 28 28"]:
    """What `generator` draws at `latents`, in single precision, on the CPU.

    Args:
        latents: n ≥ 0 latents of the generator's own width.
        batch_size: latents a forward pass; it bounds the memory. It may turn a pixel by one level, since sums are
            taken in another order, and nothing more.

    Raises:
        BadInput: the model is no generator, the latents have another width or are not finite, or an image is not.
    """
    if latents.shape[1] != z_dim(generator):
        raise BadInput(f"these latents have {latents.shape[1]} numbers each; the generator takes {z_dim(generator)}")
    if not torch.isfinite(latents).all():
        raise BadInput("some latents hold numbers that are not finite")
    device = next(generator.net.parameters(), latents).device
    images = torch.empty(len(latents), 28, 28, dtype=torch.uint8)
    with evaluating(generator.net), torch.inference_mode():
        for start in range(0, len(latents), batch_size):
            part = slice(start, start + batch_size)
            drawn = generator.net(latents[part].to(device, torch.float32))
            if not torch.isfinite(drawn).all():
                raise BadInput(
                    "the generator draws what is not finite: are its weights broken, or the latents far off?"
                )
            images[part] = to_bytes(drawn)
    return images
