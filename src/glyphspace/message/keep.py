"""Messages on disk: latents as safetensors, with a header that says how they stand but not what they say.

Version 2 has conditions too, for conditional generators, and tells small letters that are drawn as their capital's
class. What version 1 wrote is read as well.
"""

import re
from pathlib import Path

import torch
from jaxtyping import Float32

from ..core.errors import BadInput
from ..core.files import Json, read_bytes, write_bytes
from ..core.tensors import pack, unpack
from ..core.torch_files import is_torch_file
from .layout import GLYPH, LONGEST, Layout, check_length
from .message import Message
from .torch_file import read_torch_latents

KIND, VERSION, READ = "message", 2, (1, 2)
WIDEST = 4096  # numbers of a latent


def save_message(path: str | Path, message: Message) -> None:
    """Write `message` to `path`, whole or not at all; equal messages give equal bytes."""
    write_bytes(path, message_bytes(message))


def message_bytes(message: Message) -> bytes:
    """What `save_message` writes."""
    header: Json = {
        "kind": KIND,
        "version": VERSION,
        "model": message.model,
        "fingerprint": message.fingerprint,
        "classes": list(message.classes),
        "layout": message.layout.pattern,
    }
    told = {} if message.conditions is None else {"conditions": message.conditions}
    return pack({"latents": message.latents, **told}, header)


def load_message(path: str | Path) -> Message:
    """The message that `save_message` wrote to `path`, or plain latents that `torch.save` wrote, as one line of text.

    Raises:
        BadInput: the file cannot be read, or holds neither.
    """
    return message_of(read_bytes(path), str(path))


def message_of(content: bytes, name: str) -> Message:
    """The message in the bytes of a file; an error calls it `name`, and is one of `load_message`."""
    if not content:
        raise BadInput(f"{name} is empty")
    if is_torch_file(content):
        latents = read_torch_latents(content, name, LONGEST, WIDEST)
        return Message(latents, Layout(GLYPH * len(latents)))
    try:
        tensors, header = unpack(content, name)
    except BadInput as error:
        from .locked import is_locked  # takes its time to import

        if is_locked(content):
            raise BadInput(f"{name} is locked; glyphspace open reads it") from error
        raise
    try:
        return _message(tensors, header)
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from error


def _message(tensors: dict[str, torch.Tensor], header: Json) -> Message:
    if header.get("kind") != KIND:
        raise BadInput(f"it is no message; its kind is {header.get('kind')!r:.40}")
    if header.get("version") not in READ:
        raise BadInput(f"its version is {header.get('version')!r:.40}; this glyphspace reads {READ[0]} to {READ[-1]}")
    name, mark, classes, pattern = (header.get(key) for key in ("model", "fingerprint", "classes", "layout"))
    if not isinstance(name, str):
        raise BadInput("its header has no name of a model")
    if mark is not None and not (isinstance(mark, str) and re.fullmatch("[0-9a-f]{64}", mark)):
        raise BadInput("its header has no fingerprint of a model")
    if not isinstance(classes, list) or not all(isinstance(one, str) for one in classes):
        raise BadInput("its header has no classes")
    if not isinstance(pattern, str):
        raise BadInput("its header has no layout")
    check_length(pattern)
    return Message(
        _rows(tensors, "latents"),
        Layout(pattern),
        name,
        mark,
        tuple(classes),
        _rows(tensors, "conditions") if "conditions" in tensors else None,
    )


def _rows(tensors: dict[str, torch.Tensor], name: str) -> Float32[torch.Tensor, "n d"]:
    rows = tensors.get(name)
    if rows is None or tensors.keys() - {"latents", "conditions"} or rows.dtype != torch.float32 or rows.ndim != 2:
        raise BadInput("it does not hold latents, float32 [n, z], perhaps conditions, float32 [n, e], and nothing else")
    if not 0 < rows.shape[1] <= WIDEST:
        raise BadInput(f"its {name} have {rows.shape[1]:,} numbers each; 1 to {WIDEST:,} can be")
    if not torch.isfinite(rows).all():
        raise BadInput(f"its {name} hold numbers that are not finite")
    return rows
