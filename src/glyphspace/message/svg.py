"""A page as SVG: each glyph one path of real outlines, sharp at any size."""

from html import escape

import numpy as np

from .outlines import outlines
from .proportions import CAPITAL
from .render import HEIGHT, INK, PAPER, TRANSPARENT, check_colour
from .typeset import Page, Placed


def svg(page: Page, height: int = HEIGHT, ink: str = INK, paper: str = PAPER, title: str = "") -> str:
    """The page as an SVG document.

    Args:
        height: pixels of a capital, where the document is shown at its own size.
        ink, paper: colours, by their name or as "#rrggbb"; paper may be "transparent".
        title: what the picture shows, for those who cannot see it.

    Raises:
        BadInput: no such colour.
    """
    density = height / CAPITAL
    size = f'width="{page.width * density:.0f}" height="{page.height * density:.0f}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {page.width:.2f} {page.height:.2f}" role="img">'
    ]
    if title:
        lines.append(f"<title>{escape(title)}</title>")
    if paper != TRANSPARENT:
        lines.append(f'<rect width="100%" height="100%" fill="{_hexadecimal(paper)}"/>')
    lines.append(f'<g fill="{_hexadecimal(ink)}" fill-rule="evenodd">')
    lines += [f'<path d="{path(glyph)}"/>' for glyph in page.glyphs]
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _hexadecimal(name: str) -> str:
    """A colour as "#rrggbb": not all that pillow has a name for has one in SVG."""
    return "#" + bytes(check_colour(name).astype("uint8").tolist()).hex()


def path(glyph: Placed) -> str:
    """The outlines of a glyph in units of the page, as SVG writes paths."""
    corner = np.array([glyph.x, glyph.y])
    parts = []
    for outline in outlines(glyph.strokes, glyph.broader):
        places = [corner + curve * glyph.scale for curve in outline]
        parts.append("M" + _points(places[0][:1]) + "".join("C" + _points(curve[1:]) for curve in places) + "Z")
    return "".join(parts)


def _points(points: np.ndarray) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
