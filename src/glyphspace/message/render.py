"""A message as a picture: smooth ink on paper, kerned, in lines."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import UInt8
from PIL import ImageColor
from torch import Tensor

from ..core.errors import BadInput
from .ink import SIZE, inked
from .kern import Outline, advance, outline
from .layout import GLYPH, Layout

INK, PAPER = "#20262b", "#fbfaf6"

# All in pixels of a glyph, which is 28 of them high and has about 20 of ink.
MARGIN = 14.0  # left and right of the ink
HEADROOM = 9.0  # above and below the glyphs
PITCH = 30.0  # from line to line
GAP = 3.5  # between the strokes of neighbours
TUCK = 4.0  # how far a glyph may reach into the box of its neighbour
REACH = 2.0  # rows that are as good as the same row when gaps are measured
WORD = 11.0  # what a space adds to the gap

LARGEST = 80_000_000  # pixels of a picture


def render(
    images: UInt8[Tensor, "n 28 28"], layout: Layout, scale: int = 4, ink: str = INK, paper: str = PAPER
) -> UInt8[np.ndarray, "height width 3"]:
    """The characters `images` in `layout`, left-aligned; wrap the layout first to limit the width.

    Args:
        images: the glyphs in reading order, 0 is the ground and 255 is full ink.
        scale: how many pixels of the picture a pixel of a glyph becomes, 1 to 64.
        ink, paper: colours, by their name or as "#rrggbb".

    Raises:
        BadInput: as many images as the layout has characters are needed; no such scale or colour; the picture would be
            too large.
    """
    if len(images) != len(layout):
        raise BadInput(f"a layout of {len(layout)} characters cannot be drawn with {len(images)} images")
    if not 1 <= scale <= 64:
        raise BadInput(f"glyphs can be drawn 1 to 64 times their size, not {scale}")
    shades = _shades(ink, paper)
    side, margin, headroom = SIZE * scale, round(MARGIN * scale), round(HEADROOM * scale)
    _check_size(len(images) * side, side)
    glyphs = inked(images, scale)
    outlines = [outline(glyph, round(REACH * scale)) for glyph in glyphs]
    places = _places(outlines, layout, scale)
    width = max(x + this.end for this, (x, _) in zip(outlines, places, strict=True)) + 2 * margin
    height = round((len(layout.lines) - 1) * PITCH * scale) + side + 2 * headroom
    _check_size(width, height)
    page = np.zeros((height, width + 2 * side), np.uint8)  # with room at the sides for what sticks out of its place
    for glyph, (x, y) in zip(glyphs, places, strict=True):
        cell = page[headroom + y :, side + margin + x :][:side, :side]
        np.maximum(cell, glyph, out=cell)
    return shades[page[:, side:-side]]


def _places(outlines: Sequence[Outline], layout: Layout, scale: int) -> list[tuple[int, int]]:
    """Column and row of each glyph's upper left corner, when the ink of the first one in a line begins at column 0."""
    gap, tuck, word = (round(length * scale) for length in (GAP, TUCK, WORD))
    glyphs = iter(outlines)
    places = []
    for number, line in enumerate(layout.lines):
        before, x, spaces = None, 0, 0
        for place in line:
            if place != GLYPH:
                spaces += 1
                continue
            this = next(glyphs)
            if before is None:
                x = -this.start
            elif spaces:
                x += before.end - this.start + gap
            else:
                x += advance(before, this, gap, tuck)
            x += spaces * word
            places.append((x, round(number * PITCH * scale)))
            before, spaces = this, 0
    return places


def _check_size(width: int, height: int) -> None:
    if width * height > LARGEST:
        raise BadInput(f"the picture would have {width:,} × {height:,} pixels; wrap the text, or draw it smaller")


def _shades(ink: str, paper: str) -> UInt8[np.ndarray, "256 3"]:
    """The colour of each amount of ink."""
    try:
        dark, light = (np.array(ImageColor.getrgb(colour)[:3], dtype=np.float32) for colour in (ink, paper))
    except ValueError as error:
        raise BadInput(f"{error!s}; name a colour, or write it as #rrggbb") from error
    return (light + (dark - light) * np.linspace(0, 1, 256)[:, None]).round().astype(np.uint8)
