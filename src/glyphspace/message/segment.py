"""A picture of writing taken apart: lines, and in each the glyphs from left to right.

Ink is what stands out from the paper around it, so that a shadow on a photograph is none. Its connected parts are
gathered to lines by where their middles are, and parts above each other, as a dot and its stem, to one glyph. Letters
that touch each other are one glyph: they are not parted.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Int64, UInt8
from PIL import Image
from scipy import ndimage

from ..core.errors import BadInput
from ..data.glyphs import greys, light_on_dark
from .layout import LONGEST

WIDEST = 4_000  # pixels: a larger picture is made smaller first
PAPER = 24  # parts of the longer side: over how much the paper is the same
FAINT = 40  # of 255: what stands out by less is no ink
SPECK = 0.1  # of the usual height: smaller parts that belong to nothing are dirt
PARTS = 50_000  # more than that is no writing
LOW = 0.5  # of the usual height: such a part may be a dot or a dash of a glyph beside it


@dataclass(frozen=True, eq=False)
class Piece:
    """One glyph in a picture: its box in pixels, right and bottom excluded, and its ink, 0 to 255."""

    left: int
    top: int
    right: int
    bottom: int
    ink: UInt8[np.ndarray, "h w"]

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top


def segment(image: Image.Image) -> list[list[Piece]]:
    """The lines of a picture of writing, from top to bottom, each its glyphs from left to right.

    Raises:
        BadInput: there is no ink in it, or so much in pieces that it is no writing.
    """
    ink = ink_of(image)
    parts, count = ndimage.label(ink >= _threshold(ink), structure=np.ones((3, 3)))
    if not count:
        raise BadInput("there is no writing in the picture")
    if count > PARTS:
        raise BadInput("this is no picture of writing: it falls into too many pieces")
    boxes = _boxes(parts)
    heights = boxes[:, 3] - boxes[:, 1]
    usual = float(np.percentile(heights[heights >= 0.3 * heights.max()], 50))
    extent = np.maximum(heights, boxes[:, 2] - boxes[:, 0])
    kept = np.flatnonzero(extent >= SPECK * usual)
    lines = [_gathered(line, boxes, usual) for line in _lines(kept, boxes, usual)]
    if sum(map(len, lines)) > LONGEST:
        raise BadInput(f"there are more than {LONGEST:,} glyphs in the picture, which is more than a message has")
    return [[_piece(group, boxes, parts, ink) for group in line] for line in lines]


def ink_of(image: Image.Image) -> UInt8[np.ndarray, "h w"]:
    """How much ink there is, from 0 to 255, whichever of ink and paper is the darker, and however it is lit."""
    if max(image.size) > WIDEST:
        image.draft("L", (WIDEST, WIDEST))
        clear = image.has_transparency_data
        image = image.convert("RGBA") if clear else Image.fromarray(greys(image))
        image.thumbnail((WIDEST, WIDEST), Image.Resampling.BOX)
    grey, _ = light_on_dark(image)
    stands_out = np.maximum(grey.astype(np.float32) - _paper(grey), 0)
    most = float(np.percentile(stands_out[stands_out >= FAINT], 90)) if (stands_out >= FAINT).any() else 255.0
    return (np.clip(stands_out / most, 0, 1) * 255).round().astype(np.uint8)


def _paper(grey: UInt8[np.ndarray, "h w"]) -> Float32[np.ndarray, "h w"]:
    """How light the dark paper is around each pixel."""
    step = max(1, max(grey.shape) // 400)
    coarse = grey[::step, ::step]
    size = max(5, max(coarse.shape) // PAPER * 2 + 1)
    low = ndimage.percentile_filter(coarse, 20, size=size, mode="nearest").astype(np.float32)
    smooth = ndimage.gaussian_filter(low, size / 4, mode="nearest")
    height, width = grey.shape
    enlarged = Image.fromarray(smooth).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(enlarged, np.float32)


def _threshold(ink: UInt8[np.ndarray, "h w"]) -> float:
    """The grey that parts ink from paper best (Otsu, "A threshold selection method", 1979), within reason."""
    counts = np.bincount(ink.ravel(), minlength=256).astype(np.float64)
    below, level = np.cumsum(counts), np.arange(256)
    mass = np.cumsum(counts * level)
    above = below[-1] - below
    spread = np.zeros(256)
    inside = (below > 0) & (above > 0)
    apart = mass[inside] / below[inside] - (mass[-1] - mass[inside]) / above[inside]
    spread[inside] = below[inside] * above[inside] * apart**2
    return float(np.clip(spread.argmax() + 1, 60, 150))


def _boxes(parts: Int64[np.ndarray, "h w"] | np.ndarray) -> Int64[np.ndarray, "n 4"]:
    """Left, top, right and bottom of each part."""
    found = ndimage.find_objects(parts)
    return np.array([(across.start, down.start, across.stop, down.stop) for down, across in found], np.int64)


def _lines(
    kept: Int64[np.ndarray, " k"], boxes: Int64[np.ndarray, "n 4"], usual: float
) -> list[Int64[np.ndarray, " m"]]:
    """The parts of each line. Those that are as high as letters make the lines; dots and dashes go to the nearest."""
    heights = (boxes[:, 3] - boxes[:, 1])[kept]
    tall = kept[heights >= LOW * usual]
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    covered: Bool[np.ndarray, " rows"] = np.zeros(int(boxes[:, 3].max()) + 1, bool)
    for part in tall:  # the middle of a letter tells its line; what rises or hangs may reach into the next
        half = max(1, round((boxes[part, 3] - boxes[part, 1]) / 5))
        covered[max(0, round(middles[part]) - half) : round(middles[part]) + half] = True
    bands, count = ndimage.label(covered)
    centres = np.array([np.flatnonzero(bands == band).mean() for band in range(1, count + 1)])
    merged = np.concatenate([[0], np.cumsum(np.diff(centres) > 0.7 * usual)])  # a line of letters high and low
    nearest = np.abs(middles[kept][:, None] - centres).argmin(axis=1)
    lines = [kept[merged[nearest] == line] for line in range(int(merged[-1]) + 1)]
    return [line for line in lines if len(line)]


def _gathered(line: Int64[np.ndarray, " m"], boxes: Int64[np.ndarray, "n 4"], usual: float) -> list[list[int]]:
    """The parts of each glyph of a line: those one above the other are one, if one of them is no letter by itself."""
    glyphs: list[list[int]] = []
    for part in line[boxes[line, 0].argsort(kind="stable")].tolist():
        for glyph in reversed(glyphs[-2:]):
            if _belong(_around(glyph, boxes), boxes[part], usual):
                glyph.append(part)
                break
        else:
            glyphs.append([part])
    return glyphs


def _around(glyph: list[int], boxes: Int64[np.ndarray, "n 4"]) -> Int64[np.ndarray, "4"]:
    return np.concatenate([boxes[glyph, :2].min(axis=0), boxes[glyph, 2:].max(axis=0)])


def _belong(one: Int64[np.ndarray, "4"], two: Int64[np.ndarray, "4"], usual: float) -> bool:
    """Whether two boxes are one glyph: one is a dot or a dash above or below the other, or they share their columns."""
    common = min(one[2], two[2]) - max(one[0], two[0])
    narrower = max(1, min(one[2] - one[0], two[2] - two[0]))
    smaller = min(max(box[2] - box[0], box[3] - box[1]) for box in (one, two))
    above = max(one[1], two[1]) >= min(one[3], two[3])
    dot = smaller < LOW * usual and (common >= 0.4 * narrower or (above and common >= -0.2 * usual))
    return bool(dot or common >= 0.8 * narrower)


def _piece(
    group: list[int], boxes: Int64[np.ndarray, "n 4"], parts: Int64[np.ndarray, "h w"] | np.ndarray, ink: np.ndarray
) -> Piece:
    """The ink of a glyph's own parts and at their edges, without that of its neighbours."""
    left, top, right, bottom = _around(group, boxes).tolist()
    room = (slice(max(0, top - 2), bottom + 2), slice(max(0, left - 2), right + 2))
    own = ndimage.binary_dilation(np.isin(parts[room], np.array(group) + 1), iterations=2)
    return Piece(left, top, right, bottom, np.where(own, ink[room], 0).astype(np.uint8))
