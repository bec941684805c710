"""Named tensors on disk: safetensors with a JSON header. Nothing that is read here is ever run as code."""

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as safetensors_load
from safetensors.torch import save as safetensors_save

from .errors import BadInput
from .files import Json, first_line, json_object, read_bytes, write_bytes

HEADER = "glyphspace"


def save_tensors(path: str | Path, tensors: Mapping[str, torch.Tensor], header: Json) -> None:
    """Write named tensors and a JSON header to one safetensors file.

    The bytes depend on the arguments alone: equal tensors and header give equal files.
    """
    write_bytes(path, pack(tensors, header))


def pack(tensors: Mapping[str, torch.Tensor], header: Json) -> bytes:
    """The bytes that `save_tensors` writes."""
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    metadata = {HEADER: json.dumps(header, sort_keys=True, ensure_ascii=False)}
    return safetensors_save(plain, metadata)


def load_tensors(path: str | Path) -> tuple[dict[str, torch.Tensor], Json]:
    """The named tensors and the JSON header of a file that `save_tensors` wrote.

    Raises:
        BadInput: the file is missing, empty, truncated, not safetensors, or was not written by Glyphspace.
    """
    return unpack(read_bytes(path), str(path))


def unpack(content: bytes, name: str) -> tuple[dict[str, torch.Tensor], Json]:
    """What `pack` made these bytes of; an error calls them `name`, and is one of `load_tensors`."""
    try:
        tensors = safetensors_load(content)
    except (SafetensorError, ValueError, KeyError, TypeError, RuntimeError, OverflowError) as error:
        raise BadInput(f"{name} is not a whole safetensors file ({first_line(error)})") from error
    return tensors, _header(content, name)


def _header(content: bytes, name: str) -> Json:
    (size,) = struct.unpack("<Q", content[:8])  # safetensors: a length, then JSON of that length
    metadata = json_object(content[8 : 8 + size], name).get("__metadata__", {})
    if not isinstance(metadata, dict) or HEADER not in metadata:
        raise BadInput(f"{name} was not written by glyphspace: it has no header of ours")
    return json_object(str(metadata[HEADER]).encode(), name)
