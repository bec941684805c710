"""Pictures as people give them: image files of any size and either polarity, or glyphs."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from jaxtyping import UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..data.glyphs import read_glyph

Pictures = str | Path | Sequence[str | Path] | UInt8[Tensor, "n 28 28"] | UInt8[np.ndarray, "n 28 28"]


def glyphs(pictures: Pictures) -> UInt8[Tensor, "n 28 28"]:
    """The pictures as glyphs, 0 the ground and 255 full ink.

    Raises:
        BadInput: there are none, or one of the files is no picture, or an empty one.
    """
    if isinstance(pictures, Tensor | np.ndarray):
        return torch.as_tensor(pictures)
    if isinstance(pictures, str | Path):
        pictures = [pictures]
    if not pictures:
        raise BadInput("there are no pictures; name at least one")
    found = [torch.as_tensor(read_glyph(Path(picture))) for picture in pictures]
    for picture, seen in zip(pictures, found, strict=True):
        if not seen.any():
            raise BadInput(f"nothing is drawn on {picture}")
    return torch.stack(found)
