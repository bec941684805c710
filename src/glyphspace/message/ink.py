"""A glyph of 28×28 greys as smooth strokes of any size and weight.

The greys are read as samples of a surface, which a cubic B-spline makes smooth to the second derivative (Unser,
"Splines: a perfect fit for signal and image processing", 1999), and ink is where it stands above a level: the faint
noise of a generator stays below. Of these strokes, finely sampled, a second spline gives the distance of any point to
the edge. That is what is drawn: its level sets are outlines that are round and sharp at any size, and a level beside
zero is the same stroke with a broader or a finer pen.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Float32, UInt8
from torch import Tensor

from .parts import parts

SIZE = 28
FINE = 3  # samples of the strokes in a pixel of the glyph
LEVEL = 0.37  # of full ink
STEEPNESS = 1.4  # of the strokes' edge, which is about one sample wide
SMOOTH, ROUND = 1.1, 1.2  # widths of the two splines, in pixels of the glyph; wider ones close loops
SPECK = 0.02  # of all ink: what is no larger, and stands alone, is no dot of an i
TOGETHER = 200  # glyphs whose ink is made at once
ROOM = 3.0  # pixels of the glyph around its ink: nothing is drawn farther out


@dataclass(frozen=True, eq=False)
class Strokes:
    """The ink of one glyph; coordinates are pixels of the 28×28, from the upper left corner.

    Attributes:
        ink: float32 [84, 84], from 0 to 1, three samples a pixel.
        inked: the rows and the columns of the samples outside of which there is no ink.
        left, top, right, bottom: the box of the ink.
        weight: mean width of the strokes.
    """

    ink: Float32[np.ndarray, "84 84"]
    inked: tuple[slice, slice]
    left: float
    top: float
    right: float
    bottom: float
    weight: float

    def depth(self, columns: Float[np.ndarray, " w"], rows: Float[np.ndarray, " h"]) -> Float32[np.ndarray, "h w"]:
        """How deep in the ink points are, in pixels of the glyph: 0 on the edge, negative outside; exact near it."""
        down, across = self.inked
        covered = _weights(rows, ROUND, down) @ self.ink[down, across] @ _weights(columns, ROUND, across).T
        np.clip(covered, FAINTEST, 1 - FAINTEST, out=covered)
        return np.asarray(DEPTH * np.log(covered / (1 - covered)), np.float32)


SAMPLES = ((np.arange(SIZE * FINE) + 0.5) / FINE).astype(np.float32)
FAINTEST = 1e-4
DEPTH = ROUND / 3**0.5 / 1.702  # a straight edge under this spline is nearly a logistic function of the depth


def strokes(images: UInt8[Tensor, "n 28 28"]) -> list[Strokes]:
    """The strokes of each image; 0 is the ground and 255 is full ink."""
    return [_strokes(ink) for some in images.split(TOGETHER) for ink in _inks(some.numpy())]


def _inks(images: UInt8[np.ndarray, "n 28 28"]) -> Float32[np.ndarray, "n 84 84"]:
    surfaces = SMOOTHING @ (images.astype(np.float32) / 255) @ SMOOTHING.T
    inks = np.clip((surfaces - LEVEL) * STEEPNESS * FINE + 0.5, 0, 1)
    _remove_specks(inks)
    return inks


def _strokes(ink: Float32[np.ndarray, "84 84"]) -> Strokes:
    inked = down, across = _extent(ink > 0)
    rows, columns = _extent(ink >= 0.5)
    if rows.stop == rows.start:  # an empty glyph has a place of its own nonetheless
        return Strokes(ink, inked, SIZE / 3, SIZE / 4, 2 * SIZE / 3, 3 * SIZE / 4, 0.0)
    left, top, right, bottom = (side / FINE for side in (columns.start, rows.start, columns.stop, rows.stop))
    around = tuple(slice(max(0, each.start - 1), each.stop + 1) for each in (down, across))
    return Strokes(ink, inked, left, top, right, bottom, _weight(ink[around]))


def _extent(marked: Bool[np.ndarray, "h w"]) -> tuple[slice, slice]:
    """The rows and the columns from the first to the last that is marked anywhere."""
    rows, columns = (np.flatnonzero(marked.any(axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _remove_specks(inks: Float32[np.ndarray, "n 84 84"]) -> None:
    """Take from each glyph's ink what is too small to be meant."""
    inked = inks > 0
    ink, part = inks[inked], parts(inked)
    glyph = np.arange(len(inks)).repeat(inked.sum((1, 2)))
    of_part, of_glyph = (np.bincount(of, weights=ink) for of in (part, glyph))
    ink[of_part[part] < SPECK * of_glyph[glyph]] = 0
    inks[inked] = ink


def _weight(ink: Float32[np.ndarray, "h w"]) -> float:
    """The mean width of a glyph's strokes, blank samples around them: twice its ink by the length of its edges."""
    down, across = np.diff(ink, axis=0)[:, :-1], np.diff(ink, axis=1)[:-1]
    edges = np.sqrt(down * down + across * across).sum()
    return float(2 * ink.sum() / (edges * FINE)) if edges else 0.0


def _weights(
    points: Float[np.ndarray, " m"], width: float, samples: slice = slice(None)
) -> Float32[np.ndarray, "m samples"]:
    """The weight of each of the 84 samples, or of some, at each of `points`."""
    places = (points / width).astype(np.float32)
    return _cubic(places[:, None] - SAMPLES[samples] / np.float32(width)) / np.float32(width * FINE)


def _cubic(distance: Float[np.ndarray, "m k"]) -> Float32[np.ndarray, "m k"]:
    """The cubic B-spline."""
    distance = np.abs(distance, dtype=np.float32)
    outer, inner = np.maximum(2 - distance, 0), np.maximum(1 - distance, 0)
    return (outer * outer * outer - 4 * inner * inner * inner) / np.float32(6)


# The weight of each of the glyph's 28 rows, or columns, at each of the samples.
SMOOTHING = _cubic((SAMPLES[:, None] - np.arange(SIZE) - 0.5) / SMOOTH) / np.float32(SMOOTH)
