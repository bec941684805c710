"""One message becoming another: each glyph goes from its latent to that of the other, and from place to place."""

from collections.abc import Iterator

import numpy as np
import torch
from jaxtyping import Float32, UInt8
from torch import Tensor

from ..latent.decode import decode
from ..nets.model import Model
from .animate import between
from .ink import strokes
from .message import Message
from .proportions import CAPITAL
from .render import blank, draw_on
from .typeset import Page

STILL, MOVING = 0.8, 2.0  # seconds


def morphed(
    generator: Model, one: Message, two: Message, pages: tuple[Page, Page], height: int, rate: int
) -> Iterator[UInt8[np.ndarray, "h w"]]:
    """Frames, `rate` of them a second, of how much ink is on each pixel while message `one` becomes `two`.

    Args:
        pages: the two messages as they are set.
        height: of capitals, in pixels.

    Raises:
        BadInput: no such height, or the frames would be too large.
    """
    count = round(MOVING * rate)
    shares = [0.0] * round(STILL * rate) + [smooth(number / count) for number in range(count + 1)]
    latents = _paired(one.latents, two.latents)
    conditions = None
    if one.conditions is not None and two.conditions is not None:
        conditions = _paired(one.conditions, two.conditions)
    for share in shares:
        here = _between(latents, share)
        long = (1 - share) * latents[0].norm(dim=1) + share * latents[1].norm(dim=1)
        here = here * (long / here.norm(dim=1).clamp(min=1e-6))[:, None]  # a straight way would lead through the middle
        told = None if conditions is None else _between(conditions, share)
        page = between(*pages, strokes(decode(generator, here, told)), share)
        yield draw_on(blank(page, height), page, height / CAPITAL)


def smooth(share: float) -> float:
    """From 0 to 1, beginning and ending gently."""
    return share * share * (3 - 2 * share)


def _paired(one: Float32[Tensor, "a d"], two: Float32[Tensor, "b d"]) -> tuple[Tensor, Tensor]:
    """Both as long as the longer; what the shorter lacks is as in the longer."""
    return torch.cat([one, two[len(one) :]]), torch.cat([two, one[len(two) :]])


def _between(ends: tuple[Tensor, Tensor], share: float) -> Tensor:
    return (1 - share) * ends[0] + share * ends[1]
