"""A page as pixels: ink on paper, or on nothing."""

import numpy as np
from jaxtyping import Float32, UInt8
from PIL import ImageColor

from ..core.errors import BadInput
from .ink import ROOM
from .proportions import CAPITAL
from .typeset import Page, Placed

INK, PAPER = "#20262b", "#fbfaf6"
TRANSPARENT = "transparent"
HEIGHT = 80  # pixels of a capital
SMALLEST, HIGHEST = 5, 2_000
BAND = 32  # rows that are coloured at a time: the indices of a whole picture would fill the memory
STRAY = 0.75  # pixels of the glyph by which its edge may be out of its box
LARGEST = 80_000_000  # pixels of a picture


def render(page: Page, height: int = HEIGHT, ink: str = INK, paper: str = PAPER) -> UInt8[np.ndarray, "h w rgb"]:
    """The page with capitals of `height` pixels, 5 to 2,000.

    Args:
        ink, paper: colours, by their name or as "#rrggbb"; paper may be "transparent".

    Returns: colours [h, w, 3], or [h, w, 4] on transparent paper.

    Raises:
        BadInput: no such height or colour, or the picture would be too large.
    """
    return colour(coverage(page, height), ink, paper)


def coverage(page: Page, height: int = HEIGHT) -> UInt8[np.ndarray, "h w"]:
    """How much ink, from 0 to 255, each pixel of the page has; errors are those of `render`."""
    return draw_on(blank(page, height), page, height / CAPITAL)


def blank(page: Page, height: int) -> UInt8[np.ndarray, "h w"]:
    """The pixels of a page without ink; errors are those of `render`."""
    check_height(height)
    width, tall = (round(side * height / CAPITAL) for side in (page.width, page.height))
    if width * tall > LARGEST:
        raise BadInput(f"the picture would have {width:,} × {tall:,} pixels; wrap the text, or draw it smaller")
    return np.zeros((tall, width), np.uint8)


def check_height(height: int) -> None:
    """`BadInput` if capitals cannot be so many pixels high."""
    if not SMALLEST <= height <= HIGHEST:
        raise BadInput(f"capitals can be {SMALLEST} to {HIGHEST:,} pixels high, not {height}")


def draw_on(pixels: UInt8[np.ndarray, "h w"], page: Page, density: float) -> UInt8[np.ndarray, "h w"]:
    """`pixels`, of which there are `density` in a unit, with the glyphs of the page drawn on them."""
    for glyph in page.glyphs:
        column, row, drawn = cell(glyph, density)
        stamp(pixels, column, row, drawn)
    return pixels


def cell(glyph: Placed, density: float) -> tuple[int, int, UInt8[np.ndarray, "h w"]]:
    """How much ink, 0 to 255, a glyph leaves on the pixels of a page that has `density` of them in a unit.

    Returns: the column and the row of the upper left pixel, and the pixels.
    """
    columns, rows, depth = depths(glyph, density)
    covered = np.clip((depth + glyph.broader) * glyph.scale * density + 0.5, 0, 1)
    return columns, rows, (covered * 255).round().astype(np.uint8)


def depths(glyph: Placed, density: float) -> tuple[int, int, Float32[np.ndarray, "h w"]]:
    """How deep in the glyph's ink the pixels around it are, in pixels of the glyph; else as `cell`."""
    ink, pixels = glyph.strokes, glyph.scale * density
    room = min(STRAY + max(glyph.broader, 0) + 0.5 / pixels, ROOM)
    left, right = ((glyph.x + side * glyph.scale) * density for side in (ink.left - room, ink.right + room))
    top, bottom = ((glyph.y + side * glyph.scale) * density for side in (ink.top - room, ink.bottom + room))
    columns, rows = np.arange(int(left // 1), int(right) + 1), np.arange(int(top // 1), int(bottom) + 1)
    across, down = (columns + 0.5 - glyph.x * density) / pixels, (rows + 0.5 - glyph.y * density) / pixels
    return int(columns[0]), int(rows[0]), ink.depth(across, down)


def stamp(pixels: UInt8[np.ndarray, "h w"], column: int, row: int, drawn: UInt8[np.ndarray, "a b"]) -> None:
    """Put `drawn` on `pixels` where both are; the darker wins."""
    drawn = drawn[max(0, -row) : max(0, len(pixels) - row), max(0, -column) : max(0, pixels.shape[1] - column)]
    place = pixels[max(0, row) :, max(0, column) :][: drawn.shape[0], : drawn.shape[1]]
    np.maximum(place, drawn, out=place)


def colour(covered: UInt8[np.ndarray, "h w"], ink: str, paper: str) -> UInt8[np.ndarray, "h w rgb"]:
    """Ink on paper where `covered` says how much; errors are those of `render`."""
    dark = check_colour(ink)
    if paper == TRANSPARENT:
        flat = np.broadcast_to(dark, (*covered.shape, 3)).astype(np.uint8)
        return np.concatenate([flat, covered[:, :, None]], axis=2)
    light = check_colour(paper)
    shades = (light + (dark - light) * np.linspace(0, 1, 256)[:, None]).round().astype(np.uint8)
    picture = np.empty((*covered.shape, 3), np.uint8)
    for row in range(0, len(covered), BAND):
        np.take(shades, covered[row : row + BAND], axis=0, out=picture[row : row + BAND], mode="clip")
    return picture


def check_colour(name: str) -> Float32[np.ndarray, "3"]:
    """Red, green and blue, 0 to 255, of a colour; `BadInput` if there is no such colour."""
    try:
        return np.clip(np.array(ImageColor.getrgb(name)[:3], dtype=np.float32), 0, 255)
    except ValueError as error:
        raise BadInput(f"{error!s}; name a colour, or write it as #rrggbb") from error
