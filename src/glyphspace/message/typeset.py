"""Typesetting: glyphs in their proportions on lines, kerned by ink. The page knows no pixels: it can be any size."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8
from torch import Tensor

from ..core.errors import BadInput
from .ink import FINE, Strokes, strokes
from .kern import Outline, advance, outline
from .layout import LONGEST, SPACE, layout_of
from .proportions import CAPITAL, proportions

# All in units of the page, of which a capital is 20 high.
MARGIN = 14.0  # around the ink
PITCH = 36.0  # from line to line
GAP = 3.2  # between the strokes of neighbours
TUCK = 4.0  # how far a glyph may reach into the box of its neighbour
REACH = 1.5  # rows that are as good as the same row when gaps are measured
WORD = 9.0  # what a space adds to the gap

ABOVE, BELOW = 1.3 * CAPITAL, 0.7 * CAPITAL  # where no glyph's ink ends, from the line
KERN = 3  # rows of an outline in a unit
ROWS = (np.arange(round((ABOVE + BELOW) * KERN)) + 0.5) / KERN - ABOVE  # from the line
EVEN = 0.6  # how much of the difference between the strokes' weights is evened out
BROADER = 0.55  # pixels of the glyph: how much its strokes may grow or shrink on either side


@dataclass(frozen=True, eq=False)
class Placed:
    """A glyph on a page.

    Attributes:
        strokes: its ink.
        scale: units of the page in a pixel of the glyph.
        x, y: where the glyph's upper left corner is, in units from that of the page.
        broader: by how much its strokes are broadened on either side, in pixels of the glyph.
        character: what it stands for.
    """

    strokes: Strokes
    scale: float
    x: float
    y: float
    broader: float
    character: str


@dataclass(frozen=True, eq=False)
class Page:
    """Placed glyphs in reading order, on a page of this width and height."""

    glyphs: tuple[Placed, ...]
    width: float
    height: float


def typeset(images: UInt8[Tensor, "n 28 28"], text: str, width: int = LONGEST) -> Page:
    """The characters of `text`, drawn by `images`, in lines.

    Args:
        images: the glyphs in reading order, 0 is the ground and 255 is full ink.
        text: what they say, with spaces and line breaks.
        width: characters in a line, at most; longer ones are broken at spaces.

    Raises:
        BadInput: as many images as the text has characters are needed, and lines of 1 or more.
    """
    characters = "".join(text.split())
    layout = layout_of(text)
    if len(images) != len(layout):
        raise BadInput(f"a text of {len(characters)} characters cannot be drawn with {len(images)} images")
    fitted = _even([_fit(one, character) for one, character in zip(strokes(images), characters, strict=True)])
    lines = layout.wrapped(width).lines
    starts = np.cumsum([0, *(len(line.replace(SPACE, "")) for line in lines)])
    glyphs = []
    for number, (line, start, end) in enumerate(zip(lines, starts, starts[1:], strict=False)):
        glyphs += _line(fitted[start:end], line, MARGIN + CAPITAL + number * PITCH)
    right = max(glyph.x + glyph.strokes.right * glyph.scale for glyph in glyphs)
    lowest = max(glyph.y + glyph.strokes.bottom * glyph.scale for glyph in glyphs)
    return Page(tuple(glyphs), right + MARGIN, lowest + MARGIN)


def _fit(ink: Strokes, character: str) -> Placed:
    """The glyph in its proportions, its ink beginning at column 0 and standing on line 0."""
    width, height = ink.right - ink.left, max(ink.bottom - ink.top, 1.0)
    wanted = proportions(character, width / height)
    scale = min((wanted.rise + wanted.drop) / max(height, 10.0), wanted.widest / width)
    return Placed(ink, scale, -ink.left * scale, wanted.drop - ink.bottom * scale, 0.0, character)


def _even(glyphs: Sequence[Placed]) -> list[Placed]:
    """The same glyphs with strokes of more nearly the same weight, as one pen would leave them."""
    weights = np.array([glyph.strokes.weight * glyph.scale for glyph in glyphs])
    usual = float(np.median(weights[weights > 0])) if (weights > 0).any() else 0.0
    evened = []
    for glyph, weight in zip(glyphs, weights, strict=True):
        broader = float(np.clip(EVEN * (usual - weight) / 2 / glyph.scale, -BROADER, BROADER)) if weight else 0.0
        evened.append(Placed(glyph.strokes, glyph.scale, glyph.x, glyph.y, broader, glyph.character))
    return evened


def _line(glyphs: Sequence[Placed], line: str, base: float) -> list[Placed]:
    """The glyphs of one line side by side; `base` is the line they stand on, from the top of the page."""
    given, placed = iter(glyphs), []
    before, x, spaces = None, MARGIN, 0
    for place in line:
        if place == SPACE:
            spaces += 1
            continue
        glyph = next(given)
        this = _outline(glyph)
        if before is None:
            x += spaces * WORD - this.start
        elif spaces:
            x += before.end - this.start + GAP + spaces * WORD
        else:
            x += advance(before, this, GAP, TUCK)
        placed.append(Placed(glyph.strokes, glyph.scale, x + glyph.x, base + glyph.y, glyph.broader, glyph.character))
        before, spaces = this, 0
    return placed


def _outline(glyph: Placed) -> Outline:
    """The sides of a fitted glyph's ink, in rows that are the same for all glyphs of a line."""
    samples = (ROWS - glyph.y) / glyph.scale * FINE
    there = (samples >= 0) & (samples < len(glyph.strokes.ink))
    inked = np.zeros((len(ROWS), glyph.strokes.ink.shape[1]), bool)
    inked[there] = glyph.strokes.ink[samples[there].astype(int)] >= 0.5
    found, unit = outline(inked, round(REACH * KERN)), glyph.scale / FINE
    broader = glyph.broader * glyph.scale
    return Outline(found.left * unit + glyph.x - broader, found.right * unit + glyph.x + broader)
