"""Pictures inside a page: the content of a PNG, GIF or SVG as a data URI, with the size to show it at."""

import base64
import io
import re
import struct
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8
from PIL import Image

_CHART_SCALE = 1.6  # CSS pixels per point: a figure's type of 8 points then reads like small text
_SVG_WIDTH, _SVG_HEIGHT = (re.compile(rf'\A<svg [^>]*\b{side}="([\d.]+)pt"') for side in ("width", "height"))


@dataclass(frozen=True)
class Embedded:
    """A data URI, and the width and height to show it at, in CSS pixels."""

    uri: str
    width: int
    height: int


def embed(content: bytes | str) -> Embedded:
    """The `content` of a picture, bytes of a PNG or a GIF or the text of a figure's SVG, for an `<img>`.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(content, str):
        width, height = _SVG_WIDTH.match(content), _SVG_HEIGHT.match(content)
        if width and height:
            size = (round(float(side[1]) * _CHART_SCALE) for side in (width, height))
            return Embedded(_data_uri("image/svg+xml", content.encode()), *size)
    elif content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return Embedded(_data_uri("image/png", content), *struct.unpack(">II", content[16:24]))
    elif content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        return Embedded(_data_uri("image/gif", content), *struct.unpack("<HH", content[6:10]))
    raise ValueError("a picture must be the content of a PNG, a GIF or a figure's SVG")


def png(pixels: UInt8[np.ndarray, "height width *rgb"]) -> bytes:
    """Grey pixels, or colours [height, width, 3], as the content of a PNG."""
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG", optimize=True)
    return content.getvalue()


def _data_uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
