"""Kerning: how far one glyph stands from the next, so that the gaps between their strokes look alike."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int64, UInt8
from scipy import ndimage

HALF = 128  # of full ink: where the edge of a stroke is
NOWHERE = 1 << 20  # the edge of a row without ink


@dataclass(frozen=True)
class Outline:
    """The two sides of a glyph's ink.

    Attributes:
        left, right: int64 [h], the first and the last column with ink in each row, or in the rows near it.
    """

    left: Int64[np.ndarray, " h"]
    right: Int64[np.ndarray, " h"]

    @property
    def start(self) -> int:
        """The first column with ink."""
        return int(self.left.min())

    @property
    def end(self) -> int:
        """The column after the last one with ink."""
        return int(self.right.max()) + 1


def outline(glyph: UInt8[np.ndarray, "h w"], reach: int) -> Outline:
    """The outline of a glyph's ink; a row has the edges of all rows up to `reach` away.

    A glyph without ink has that of a bar, a third of its width.
    """
    ink = glyph >= HALF
    width = ink.shape[1]
    if not ink.any():
        ink[:, width // 3 : 2 * width // 3 + 1] = True
    rows = ink.any(axis=1)
    left = np.where(rows, ink.argmax(axis=1), NOWHERE)
    right = np.where(rows, width - 1 - ink[:, ::-1].argmax(axis=1), -NOWHERE)
    window = 2 * reach + 1
    return Outline(
        ndimage.minimum_filter1d(left, window, mode="nearest"), ndimage.maximum_filter1d(right, window, mode="nearest")
    )


def advance(before: Outline, after: Outline, gap: int, tuck: int) -> int:
    """How far to the right of the glyph `before` the glyph `after` begins, both measured at column 0.

    In no row are the two nearer than `gap`, and the second reaches at most `tuck` under or over the first.
    """
    touching = int((before.right - after.left).max()) + 1
    return max(touching, before.end - after.start - tuck) + gap
