"""Latents in PyTorch's own files, which is what people have: `torch.save` of a tensor, or of a list of tensors."""

import io
import math
import warnings
import zipfile
from typing import Any

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput

ZIP, PICKLE = b"PK\x03\x04", b"\x80"


def is_torch_file(content: bytes) -> bool:
    """Whether `torch.save` may have written these bytes: an archive, or before 2020 a pickle."""
    is_safetensors = content[8:9] == b"{"  # after a length, which can begin as a pickle does
    return content.startswith(ZIP) or (content.startswith(PICKLE) and not is_safetensors)


def read_torch_latents(content: bytes, name: str, most: int, widest: int) -> Float32[Tensor, "n z"]:
    """The latents in such a file; no code in it is run.

    Args:
        content: holds a tensor [n, z] or [z], or a list of these; sizes of 1 may follow or stand between.
        name: what an error calls the file.
        most, widest: how many latents it may hold, and how many numbers each.

    Raises:
        BadInput: it holds anything else, or numbers that are not finite.
    """
    held = _loaded(content, name)
    tensors = [held] if isinstance(held, Tensor) else held
    if not isinstance(tensors, list | tuple) or not all(map(_is_plain, tensors)):
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


def _loaded(content: bytes, name: str) -> Any:
    try:
        if content.startswith(ZIP) and _unpacked_size(content) > len(content):
            raise BadInput(f"{name} is a compressed archive, which torch.save does not write")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's, of old formats
            return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except BadInput:
        raise
    except Exception as error:  # over a damaged pickle the reader may stumble in any way
        raise BadInput(f"{name} is not a whole PyTorch file of plain tensors") from error


def _unpacked_size(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(member.file_size for member in archive.infolist())


def _is_plain(value: object) -> bool:
    """Whether `value` is a tensor of real numbers that are in memory."""
    if not isinstance(value, Tensor):
        return False
    return value.layout == torch.strided and value.device.type == "cpu" and value.is_floating_point()


def _as_rows(shape: torch.Size) -> tuple[int, int]:
    """The rows and the width of latents of this shape; a width of 0 where it is none of latents."""
    rows, *rest = shape if len(shape) > 1 else (1, *shape)
    width = math.prod(rest)
    return (rows, width) if width in rest else (0, 0)
