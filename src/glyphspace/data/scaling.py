"""Bytes at rest, numbers in [-1, 1] inside the nets: the two ways between them."""

import torch
from jaxtyping import Float, UInt8
from torch import Tensor


def to_unit(images: UInt8[Tensor, "n *stack 28 28"]) -> Float[Tensor, "n channels 28 28"]:
    """Images as the nets see them: 0 becomes -1 and 255 becomes 1; grey ones, [n, 28, 28], have one channel."""
    channelled = images.unsqueeze(1) if images.ndim == 3 else images
    return channelled.to(torch.float32).div_(127.5).sub_(1)


def to_bytes(images: Float[Tensor, "n channels 28 28"]) -> UInt8[Tensor, "n *stack 28 28"]:
    """The nearest bytes to what a net has painted: the inverse of `to_unit`; values outside [-1, 1] are clamped."""
    return images.squeeze(1).add(1).mul_(127.5).round_().clamp_(0, 255).to(torch.uint8)
