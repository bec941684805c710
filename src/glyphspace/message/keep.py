"""Messages on disk: latents as safetensors, with a header that says how they stand but not what they say."""

import re
from pathlib import Path

import torch
from jaxtyping import Float32

from ..core.errors import BadInput
from ..core.files import Json, read_bytes
from ..core.tensors import load_tensors, save_tensors
from .layout import GLYPH, LONGEST, Layout, check_length
from .message import Message
from .torch_file import is_torch_file, read_torch_latents

KIND, VERSION = "message", 1
WIDEST = 4096  # numbers of a latent


def save_message(path: str | Path, message: Message) -> None:
    """Write `message` to `path`, whole or not at all; equal messages give equal bytes."""
    header: Json = {
        "kind": KIND,
        "version": VERSION,
        "model": message.model,
        "fingerprint": message.fingerprint,
        "classes": list(message.classes),
        "layout": message.layout.pattern,
    }
    save_tensors(path, {"latents": message.latents}, header)


def load_message(path: str | Path) -> Message:
    """The message that `save_message` wrote to `path`, or plain latents that `torch.save` wrote, as one line of text.

    Raises:
        BadInput: the file cannot be read, or holds neither.
    """
    content = read_bytes(path)
    if not content:
        raise BadInput(f"{path} is empty")
    if is_torch_file(content):
        latents = read_torch_latents(content, str(path), LONGEST, WIDEST)
        return Message(latents, Layout(GLYPH * len(latents)))
    tensors, header = load_tensors(path)
    try:
        return _message(tensors, header)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error


def _message(tensors: dict[str, torch.Tensor], header: Json) -> Message:
    if header.get("kind") != KIND:
        raise BadInput(f"it is no message; its kind is {header.get('kind')!r:.40}")
    if header.get("version") != VERSION:
        raise BadInput(f"its version is {header.get('version')!r:.40}; this glyphspace reads version {VERSION}")
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
    return Message(_latents(tensors), Layout(pattern), name, mark, tuple(classes))


def _latents(tensors: dict[str, torch.Tensor]) -> Float32[torch.Tensor, "n z"]:
    latents = tensors.get("latents")
    if latents is None or len(tensors) > 1 or latents.dtype != torch.float32 or latents.ndim != 2:
        raise BadInput("it does not hold latents, float32 [n, z], and nothing else")
    if not 0 < latents.shape[1] <= WIDEST:
        raise BadInput(f"its latents have {latents.shape[1]:,} numbers each; 1 to {WIDEST:,} can be")
    if not torch.isfinite(latents).all():
        raise BadInput("its latents hold numbers that are not finite")
    return latents
