"""Kerning: how far one glyph stands from the next, so that the gaps between their strokes look alike."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64
from numpy.lib.stride_tricks import sliding_window_view

NOWHERE = 1e6  # the edge of a row without ink


@dataclass(frozen=True)
class Outline:
    """The two sides of a glyph's ink.

    Attributes:
        left, right: float64 [h], where the ink of each row, or of the rows near it, begins and ends.
    """

    left: Float64[np.ndarray, " h"]
    right: Float64[np.ndarray, " h"]

    @property
    def start(self) -> float:
        """Where the ink begins."""
        return float(self.left.min())

    @property
    def end(self) -> float:
        """Where the ink ends."""
        return float(self.right.max())


def outline(ink: Bool[np.ndarray, "h w"], reach: int) -> Outline:
    """The outline of a glyph's ink, in columns; a row has the edges of all rows up to `reach` away.

    A glyph without ink has that of a bar, a third of its width.
    """
    width = ink.shape[1]
    if not ink.any():
        ink = np.broadcast_to((np.arange(width) + 0.5) // (width / 3) == 1, ink.shape)
    rows = ink.any(axis=1)
    left = np.where(rows, ink.argmax(axis=1), NOWHERE)
    right = np.where(rows, width - ink[:, ::-1].argmax(axis=1), -NOWHERE)
    lefts, rights = (sliding_window_view(np.pad(side, reach, mode="edge"), 2 * reach + 1) for side in (left, right))
    return Outline(lefts.min(axis=1), rights.max(axis=1))


def advance(before: Outline, after: Outline, gap: float, tuck: float) -> float:
    """How far to the right of the glyph `before` the glyph `after` begins, both measured from column 0.

    In no row are the two nearer than `gap`, and the second reaches at most `tuck` under or over the first.
    """
    touching = float((before.right - after.left).max())
    return max(touching, before.end - after.start - tuck) + gap
