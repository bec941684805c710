"""Pixels to a PNG file."""

import io
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from .errors import BadInput
from .files import write_bytes


def save_png(path: str | Path, pixels: UInt8[np.ndarray, "h w *rgb"]) -> None:
    """Write grey pixels [h, w], colours [h, w, 3] or, with opacity, [h, w, 4] to `path` as PNG, whole or not at all."""
    if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] not in (3, 4)) or not pixels.size:
        raise BadInput(f"a picture has the shape [h, w], [h, w, 3] or [h, w, 4], not {list(pixels.shape)}")
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG", optimize=True)
    write_bytes(path, content.getvalue())
