"""A glyph of 28×28 greys as smooth strokes of any size.

The greys are read as samples of a surface, which a cubic B-spline makes smooth to the second derivative (Unser,
"Splines: a perfect fit for signal and image processing", 1999), and ink is where it stands above a level. So outlines
are round and sharp at any size, and the faint noise of a generator stays below the level.
"""

import numpy as np
from jaxtyping import Float32, UInt8
from torch import Tensor

SIZE = 28
ROUNDNESS = 1.25  # width of the spline; at 1 the steps of the grid can be felt in slanted strokes, at 1.5 loops close
LEVEL = 0.37  # of full ink
STEEPNESS = 1.4  # of the edge, which is about one pixel wide at any scale


def inked(images: UInt8[Tensor, "n 28 28"], scale: int) -> UInt8[np.ndarray, "n side side"]:
    """How much ink, from 0 to 255, covers each pixel of `images` drawn `scale` times as large."""
    spline = _spline(scale)
    drawn = np.empty((len(images), SIZE * scale, SIZE * scale), np.uint8)
    for image, ink in zip(images.numpy(), drawn, strict=True):
        surface = spline @ (image.astype(np.float32) / 255) @ spline.T
        ink[:] = np.clip(((surface - LEVEL) * STEEPNESS * scale + 0.5) * 255, 0, 255).round()
    return drawn


def _spline(scale: int) -> Float32[np.ndarray, "side 28"]:
    """The weight of each of 28 samples in each of the 28 · `scale` pixels drawn from them."""
    centres = (np.arange(SIZE * scale) + 0.5) / scale - 0.5
    distance = np.abs(centres[:, None] - np.arange(SIZE)) / ROUNDNESS
    near, far = 2 / 3 - distance**2 + distance**3 / 2, (2 - distance) ** 3 / 6
    return (np.where(distance < 1, near, np.where(distance < 2, far, 0)) / ROUNDNESS).astype(np.float32)
