"""The one place that reads and writes: atomic writes, JSON, and tensors as safetensors with a JSON header.

A file that matters is written beside its place, flushed to the disk and moved into it, so a reader sees the old
file or the new one and never half of one. Nothing that is read here is ever run as code.
"""

import json
import os
import secrets
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load as safetensors_load
from safetensors.torch import save as safetensors_save

from .errors import BadInput

Json = dict[str, Any]
HEADER = "glyphspace"


def reason(error: OSError) -> str:
    """What the operating system says of `error`, as a few words."""
    return (error.strerror or str(error) or type(error).__name__).lower()


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """A temporary path beside `path` that becomes `path` when the block ends well, and vanishes when it does not.

    Raises:
        BadInput: the folder cannot be written, the disk is full.
    """
    path = Path(path)
    if not path.name or "\0" in str(path):
        raise BadInput(f"cannot write {str(path)!r}: it names no file")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise BadInput(f"cannot write {path}: {reason(error)}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_bytes(path: str | Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all."""
    with atomic(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: str | Path, content: str) -> None:
    """Write `content` to `path` as UTF-8, whole or not at all."""
    write_bytes(path, content.encode())


def write_json(path: str | Path, content: Any) -> None:
    """Write `content` to `path` as indented JSON, whole or not at all."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def read_bytes(path: str | Path) -> bytes:
    """The bytes of the file at `path`; `BadInput` when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"cannot read {path}: {reason(error)}") from error
    except ValueError as error:  # a path with a zero byte in it
        raise BadInput(f"cannot read {str(path)!r}: it names no file") from error


def read_json(path: str | Path) -> Json:
    """The JSON object in the file at `path`; `BadInput` when there is none."""
    return _json_object(read_bytes(path), str(path))


def save_tensors(path: str | Path, tensors: Mapping[str, torch.Tensor], header: Json) -> None:
    """Write named tensors and a JSON header to one safetensors file.

    The bytes depend on the arguments alone: equal tensors and header give equal files.
    """
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    metadata = {HEADER: json.dumps(header, sort_keys=True, ensure_ascii=False)}
    write_bytes(path, safetensors_save(plain, metadata))


def load_tensors(path: str | Path) -> tuple[dict[str, torch.Tensor], Json]:
    """The named tensors and the JSON header of a file that `save_tensors` wrote.

    Raises:
        BadInput: the file is missing, empty, truncated, not safetensors, or was not written by Glyphspace.
    """
    content = read_bytes(path)
    try:
        tensors = safetensors_load(content)
    except (SafetensorError, ValueError, KeyError, TypeError, RuntimeError, OverflowError) as error:
        raise BadInput(f"{path} is not a whole safetensors file ({_first_line(error)})") from error
    return tensors, _header(content, str(path))


def _header(content: bytes, name: str) -> Json:
    (size,) = struct.unpack("<Q", content[:8])  # safetensors: a length, then JSON of that length
    metadata = _json_object(content[8 : 8 + size], name).get("__metadata__", {})
    if not isinstance(metadata, dict) or HEADER not in metadata:
        raise BadInput(f"{name} was not written by glyphspace: it has no header of ours")
    return _json_object(str(metadata[HEADER]).encode(), name)


def _json_object(content: bytes, name: str) -> Json:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name} does not hold valid JSON ({_first_line(error)})") from error
    if not isinstance(value, dict):
        raise BadInput(f"{name} does not hold a JSON object")
    return value


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:120]
