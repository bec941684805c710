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
from scipy import ndimage
from torch import Tensor

SIZE = 28
FINE = 3  # samples of the strokes in a pixel of the glyph
LEVEL = 0.37  # of full ink
STEEPNESS = 1.4  # of the strokes' edge, which is about one sample wide
SMOOTH, ROUND = 1.1, 1.2  # widths of the two splines, in pixels of the glyph; wider ones close loops
SPECK = 0.02  # of all ink: what is no larger, and stands alone, is no dot of an i
AT_ONCE = 20  # glyphs, whose samples fit the caches
ROOM = 3.0  # pixels of the glyph around its ink: nothing is drawn farther out


@dataclass(frozen=True, eq=False)
class Strokes:
    """The ink of one glyph; coordinates are pixels of the 28×28, from the upper left corner.

    Attributes:
        ink: float32 [84, 84], from 0 to 1, three samples a pixel.
        left, top, right, bottom: the box of the ink.
        weight: mean width of the strokes.
    """

    ink: Float32[np.ndarray, "84 84"]
    left: float
    top: float
    right: float
    bottom: float
    weight: float

    def depth(self, columns: Float[np.ndarray, " w"], rows: Float[np.ndarray, " h"]) -> Float32[np.ndarray, "h w"]:
        """How deep in the ink points are, in pixels of the glyph: 0 on the edge, negative outside; exact near it."""
        covered = _weights(rows, ROUND) @ self.ink @ _weights(columns, ROUND).T
        np.clip(covered, FAINTEST, 1 - FAINTEST, out=covered)
        return np.asarray(DEPTH * np.log(covered / (1 - covered)), np.float32)


SAMPLES = ((np.arange(SIZE * FINE) + 0.5) / FINE).astype(np.float32)
WITHIN_A_GLYPH = np.stack([np.zeros((3, 3), int), ndimage.generate_binary_structure(2, 1), np.zeros((3, 3), int)])
FAINTEST = 1e-4
DEPTH = ROUND / 3**0.5 / 1.702  # a straight edge under this spline is nearly a logistic function of the depth


def strokes(images: UInt8[Tensor, "n 28 28"]) -> list[Strokes]:
    """The strokes of each image; 0 is the ground and 255 is full ink."""
    return [each for start in range(0, len(images), AT_ONCE) for each in _batch(images[start : start + AT_ONCE])]


def _batch(images: UInt8[Tensor, "n 28 28"]) -> list[Strokes]:
    surface = SMOOTHING @ (images.numpy().astype(np.float32) / 255) @ SMOOTHING.T
    ink = _without_specks(np.clip((surface - LEVEL) * STEEPNESS * FINE + 0.5, 0, 1))
    return [_strokes(*each) for each in zip(ink, ink >= 0.5, _weight(ink).tolist(), strict=True)]


def _strokes(ink: Float32[np.ndarray, "84 84"], within: Bool[np.ndarray, "84 84"], weight: float) -> Strokes:
    rows, columns = (np.flatnonzero(within.any(axis)) for axis in (1, 0))
    if not len(rows):  # an empty glyph has a place of its own nonetheless
        return Strokes(ink, SIZE / 3, SIZE / 4, 2 * SIZE / 3, 3 * SIZE / 4, 0.0)
    left, top, right, bottom = (float(side) / FINE for side in (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    return Strokes(ink, left, top, right, bottom, weight)


def _weight(ink: Float32[np.ndarray, "n 84 84"]) -> Float32[np.ndarray, " n"]:
    """The mean width of the strokes of each glyph: twice its ink by the length of its edges; 0 without edges."""
    down, across = np.gradient(ink, axis=(1, 2))
    edges = np.hypot(down, across).sum((1, 2))
    return np.divide(2 * ink.sum((1, 2)), edges * FINE, out=np.zeros_like(edges), where=edges > 0)


def _without_specks(ink: Float32[np.ndarray, "n 84 84"]) -> Float32[np.ndarray, "n 84 84"]:
    """The ink of each glyph without what is too small to be meant."""
    parts, _ = ndimage.label(ink > 0, WITHIN_A_GLYPH)
    of_part = np.bincount(parts.ravel(), weights=ink.ravel())
    return np.where(of_part[parts] < SPECK * ink.sum((1, 2), keepdims=True), np.float32(0), ink)


def _weights(points: Float[np.ndarray, " m"], width: float) -> Float32[np.ndarray, "m 84"]:
    """The weight of each of the 84 samples at each of `points`."""
    places = (points / width).astype(np.float32)
    return _cubic(places[:, None] - SAMPLES / np.float32(width)) / np.float32(width * FINE)


def _cubic(distance: Float[np.ndarray, "m k"]) -> Float32[np.ndarray, "m k"]:
    """The cubic B-spline."""
    distance = np.abs(distance, dtype=np.float32)
    outer, inner = np.maximum(2 - distance, 0), np.maximum(1 - distance, 0)
    return (outer * outer * outer - 4 * inner * inner * inner) / np.float32(6)


# The weight of each of the glyph's 28 rows, or columns, at each of the samples.
SMOOTHING = _cubic((SAMPLES[:, None] - np.arange(SIZE) - 0.5) / SMOOTH) / np.float32(SMOOTH)
