"""Latents in PyTorch's own files, which is what people have: `torch.save` of a tensor, or of a list of tensors."""

import io
import math
from typing import Any

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from ..core.torch_files import is_plain, load_torch


def read_torch_latents(content: bytes, name: str, most: int, widest: int) -> Float32[Tensor, "n z"]:
    """The latents in such a file; no code in it is run.

    Args:
        content: holds a tensor [n, z] or [z], or a list of these; sizes of 1 may follow or stand between.
        name: what an error calls the file.
        most, widest: how many latents it may hold, and how many numbers each.

    Raises:
        BadInput: it holds anything else, or numbers that are not finite.
    """
    held = load_torch(content, name)
    tensors = [held] if isinstance(held, Tensor) else held
    if not isinstance(tensors, list | tuple) or not all(map(_is_real, tensors)):
        raise BadInput(f"{name} holds no latents: a tensor [n, z] of real numbers is needed, or a list of tensors")
    shapes = [_as_rows(tensor.shape) for tensor in tensors]
    widths = {width for _, width in shapes}
    if len(widths) != 1 or not 0 < widths.pop() <= widest or not 0 < sum(rows for rows, _ in shapes) <= most:
        raise BadInput(f"{name} holds no latents: 1 to {most:,} of one width are needed, of {widest:,} at most")
    pairs = zip(tensors, shapes, strict=True)
    latents = torch.cat([tensor.detach().reshape(shape).to(torch.float32) for tensor, shape in pairs])
    if not torch.isfinite(latents).all():
        raise BadInput(f"{name} holds latents with numbers that are not finite")
    return latents


def torch_bytes(latents: Float32[Tensor, "n z"]) -> bytes:
    """What `torch.save` writes of a tensor."""
    content = io.BytesIO()
    torch.save(latents, content)
    return content.getvalue()


def _is_real(value: Any) -> bool:
    """Whether `value` is a tensor of real numbers that are in memory."""
    return is_plain(value) and bool(value.is_floating_point())


def _as_rows(shape: torch.Size) -> tuple[int, int]:
    """The rows and the width of latents of this shape; a width of 0 where it is none of latents."""
    rows, *rest = shape if len(shape) > 1 else (1, *shape)
    width = math.prod(rest)
    return (rows, width) if width in rest else (0, 0)
