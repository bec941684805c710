"""Latents from text: numbers as people print them, such as a tensor that was copied out of a document."""

import math
import re
from pathlib import Path

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from ..core.files import read_bytes

LONGEST = 50_000_000  # bytes of a file
WRAPPING = re.compile(
    r"\b(?:tensor|array|np\.array|torch\.tensor)\s*\(|\b(?:device|dtype|requires_grad)\s*=\s*[\w.:'\"]+"
)
TOKEN = re.compile(r"[\[\]()]|[^\s,;\[\]()]+|\n")
OPENING, CLOSING = "[(", "])"


def read_latents(path: str | Path) -> Float32[Tensor, "n z"]:
    """The latents in a text file; see `parse_latents`.

    Raises:
        BadInput: the file cannot be read, or is not such a text.
    """
    content = read_bytes(path)
    if len(content) > LONGEST:
        raise BadInput(f"{path} is too long for a text of latents; keep so many as .npz")
    try:
        return parse_latents(content.decode())
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is no text") from error
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error


def parse_latents(text: str) -> Float32[Tensor, "n z"]:
    """Numbers apart by blanks, commas, semicolons or lines; in brackets, each innermost pair is a latent.

    Without brackets every line that holds numbers is one. What PyTorch and NumPy print around numbers ("tensor(…",
    "device='cuda:0'") may stay.

    Raises:
        BadInput: there are no numbers, something is none, one is not finite, or the latents differ in length.
    """
    rows: list[list[float]] = [[]]
    tokens = TOKEN.findall(WRAPPING.sub(" ", text))
    breaks = OPENING + CLOSING if any(token in OPENING for token in tokens) else "\n"
    for token in tokens:
        if token in breaks:
            rows.append([])
        elif token not in OPENING + CLOSING + "\n":
            rows[-1].append(_number(token))
    latents = [row for row in rows if row]
    if not latents:
        raise BadInput("there are no numbers in it")
    odd = next((row for row in latents if len(row) != len(latents[0])), None)
    if odd is not None:
        raise BadInput(f"a latent of {len(latents[0])} numbers is followed by one of {len(odd)}; give each as many")
    return torch.tensor(latents)


def _number(token: str) -> float:
    try:
        value = float(token)
    except ValueError:
        raise BadInput(f"{token[:40]!r} is no number") from None
    if not math.isfinite(value) or abs(value) > torch.finfo(torch.float32).max:
        raise BadInput(f"{token[:40]!r} is no finite number")
    return value
