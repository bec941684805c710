"""The outlines of a glyph's ink as cubic Bézier curves, few of them and smooth where they meet.

Marching squares follow the edge of the ink on a fine grid; curves are fitted to what they find, and split where they
stray ("An Algorithm for Automatically Fitting Digitized Curves", Graphics Gems, 1990).
"""

import itertools

import contourpy
import numpy as np
from jaxtyping import Float64

from .ink import ROOM, Strokes

STEP = 0.25  # of a pixel of the glyph: between the lines of the grid
STRAY = 0.1  # pixels of the glyph: how far a curve may be from the edge
REACH = 3  # points on either side that a direction is taken from

Points = Float64[np.ndarray, "n 2"]
Curve = Float64[np.ndarray, "4 2"]


def outlines(ink: Strokes, broader: float = 0.0) -> list[list[Curve]]:
    """Closed outlines, of ink and of the holes in it, each the curves that follow one another around it.

    A curve is four points (x, y), in pixels of the glyph: its ends and, between them, what it is drawn to.

    Args:
        broader: by how much the strokes are broadened on either side, in pixels of the glyph.
    """
    across = np.arange(ink.left - ROOM, ink.right + ROOM + STEP, STEP)
    down = np.arange(ink.top - ROOM, ink.bottom + ROOM + STEP, STEP)
    found = contourpy.contour_generator(across, down, ink.depth(across, down)).lines(-broader)
    return [_closed(np.asarray(line)[:-1]) for line in found if len(line) > 4 * REACH]


def _closed(points: Points) -> list[Curve]:
    """Curves around a closed line of points, the last of which is not the first again."""
    count = len(points)
    spread = np.abs(points - points.mean(axis=0)).sum(axis=1)
    first = int(spread.argmax())  # far out, and half the way around: two ends to begin with
    places = [first, first + count // 2, first + count]
    tangents = np.roll(points, -REACH, axis=0) - np.roll(points, REACH, axis=0)
    tangents /= np.maximum(np.hypot(*tangents.T), 1e-9)[:, None]
    curves: list[Curve] = []
    for start, end in itertools.pairwise(places):
        _fit(points[np.arange(start, end + 1) % count], tangents[np.arange(start, end + 1) % count], curves)
    return curves


def _fit(points: Points, tangents: Points, curves: list[Curve]) -> None:
    """Add to `curves` what follows `points`, in the directions `tangents` at its ends and wherever it is split."""
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    curve, strays = _best(points, tangents[0], tangents[-1], length / length[-1])
    if strays.max() <= STRAY or len(points) < 4:
        curves.append(curve)
        return
    middle = min(max(int(strays.argmax()), 1), len(points) - 2)
    _fit(points[: middle + 1], tangents[: middle + 1], curves)
    _fit(points[middle:], tangents[middle:], curves)


def _best(
    points: Points, start: Float64[np.ndarray, "2"], end: Float64[np.ndarray, "2"], share: Float64[np.ndarray, " n"]
) -> tuple[Curve, Float64[np.ndarray, " n"]]:
    """The curve with these directions at its ends that is nearest to `points`, and how far each of them is from it."""
    u = share[:, None]
    weights = ((1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u**2 * (1 - u), u**3)
    rest = points - points[0] * (weights[0] + weights[1]) - points[-1] * (weights[2] + weights[3])
    basis = np.stack([(weights[1] * start).ravel(), (weights[2] * -end).ravel()], axis=1)
    reach, *_ = np.linalg.lstsq(basis, rest.ravel(), rcond=None)
    chord = float(np.hypot(*(points[-1] - points[0])))
    if (reach < 0.05 * chord).any() or (reach > 3 * max(chord, 1e-9)).any():
        reach = np.full(2, chord / 3)
    curve = np.stack([points[0], points[0] + reach[0] * start, points[-1] - reach[1] * end, points[-1]])
    drawn = sum(weight * corner for weight, corner in zip(weights, curve, strict=True))
    return curve, np.hypot(*(drawn - points).T)
