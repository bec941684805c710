"""Latents to images."""

import torch
from jaxtyping import Float, UInt8
from torch import Tensor, nn

from ..core.errors import BadInput
from ..data.scaling import to_bytes
from ..metrics.features import evaluating
from ..nets.model import Model

BATCH = 200  # the activations of more than that no longer fit the caches, and the time of an image doubles


def z_dim(generator: Model) -> int:
    """How many numbers a latent of `generator` has; `BadInput` when the model is no generator."""
    if generator.kind != "generator":
        raise BadInput(f"latents are drawn by a generator; this model is a {generator.kind}")
    return int(generator.net.z_dim)  # type: ignore[arg-type]


def channels_last(net: nn.Module) -> nn.Module:
    """`net` itself, its weights laid out with channels last, where convolutions take half the time."""
    return net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def decode(generator: Model, latents: Float[Tensor, "n z"], batch_size: int = BATCH) -> UInt8[Tensor, "n 28 28"]:
    """What `generator` draws at `latents`, in single precision, on the CPU.

    Args:
        latents: n ≥ 0 latents of the generator's own width.
        batch_size: latents a forward pass. It bounds the memory and may turn a pixel by one level of 256, since sums
            are taken in another order; beyond that no image depends on its neighbours.

    Raises:
        BadInput: the model is no generator, the latents have another width or are not finite, or an image is not.
    """
    if latents.shape[1] != z_dim(generator):
        raise BadInput(f"these latents have {latents.shape[1]} numbers each; the generator takes {z_dim(generator)}")
    if not torch.isfinite(latents).all():
        raise BadInput("some of the latents hold numbers that are not finite")
    net = channels_last(generator.net)
    device = next(net.parameters(), latents).device
    images = torch.empty(len(latents), 28, 28, dtype=torch.uint8)
    with evaluating(net), torch.inference_mode():
        for start in range(0, len(latents), batch_size):
            part = slice(start, start + batch_size)
            drawn = net(latents[part].to(device, torch.float32))
            if not torch.isfinite(drawn).all():
                raise BadInput("the generator draws what is not finite: are its weights broken, or latents far off?")
            images[part] = to_bytes(drawn)
    return images
