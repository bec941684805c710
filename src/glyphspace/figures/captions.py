"""Captions that are as wide as what they stand under, and no wider."""

from collections.abc import Sequence
from dataclasses import dataclass

_LETTER = 0.6  # of the size of the type: how wide a letter is, or a digit, at most on average
_SMALLEST = 4.0  # points that can still be read on a screen, where a figure can be made larger


@dataclass(frozen=True)
class Captions:
    """Captions, in how many points they are set, and on how many lines."""

    texts: tuple[str, ...]
    size: float
    lines: int


def fitted(captions: Sequence[str], inches: float, size: float) -> Captions:
    """The captions as they fit into so many inches each.

    Where one is too long at `size` points, all are broken at their double spaces; where that is not enough, all are
    set smaller.
    """
    if _widest(captions, size) > inches:
        captions = [caption.replace("  ", "\n") for caption in captions]
    fits = size * min(1.0, inches / max(_widest(captions, size), 1e-9))
    return Captions(tuple(captions), max(_SMALLEST, fits), max((c.count("\n") + 1 for c in captions), default=0))


def _widest(captions: Sequence[str], size: float) -> float:
    """Inches that the longest line takes."""
    longest = max((len(line) for caption in captions for line in caption.split("\n")), default=0)
    return longest * _LETTER * size / 72
