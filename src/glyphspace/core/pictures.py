"""Pixels to a PNG, in a file or on the page of a notebook."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from .errors import BadInput
from .files import write_bytes


@dataclass(frozen=True)
class Picture:
    """The content of a PNG file; a notebook shows it where it is the last thing in a cell."""

    content: bytes

    def __repr__(self) -> str:
        return f"<picture of {len(self.content):,} bytes>"

    def _repr_png_(self) -> bytes:
        return self.content


def save_png(path: str | Path, pixels: UInt8[np.ndarray, "h w *rgb"]) -> None:
    """Write `pixels`, as `picture` takes them, to `path` as PNG, whole or not at all.

    Raises:
        BadInput: the path has another ending, it cannot be written, or the pixels have another shape.
    """
    if Path(path).suffix != ".png":
        raise BadInput(f"{path} must end in .png")
    write_bytes(path, picture(pixels).content)


def picture(pixels: UInt8[np.ndarray, "h w *rgb"]) -> Picture:
    """Grey pixels [h, w], colours [h, w, 3] or, with opacity, [h, w, 4] as a picture.

    Raises:
        BadInput: the pixels have another shape.
    """
    if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] not in (3, 4)) or not pixels.size:
        raise BadInput(f"a picture has the shape [h, w], [h, w, 3] or [h, w, 4], not {list(pixels.shape)}")
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG", optimize=True)
    return Picture(content.getvalue())
