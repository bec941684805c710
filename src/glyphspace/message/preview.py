"""A page as characters of a terminal: Braille, eight dots a character."""

import numpy as np

from .proportions import CAPITAL
from .render import draw_on
from .typeset import Page

BLANK = 0x2800  # the Braille character without dots; each dot is a bit
DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
DARK = 110  # of 255: where a dot is set
TALLEST = 14.0  # dots of a capital


def preview(page: Page, columns: int = 80) -> str:
    """The page in at most so many columns, without its margins; smaller than can be read where it is very wide."""
    density = min(TALLEST / CAPITAL, 2 * columns / page.width)
    pixels = np.zeros((round(page.height * density), round(page.width * density)), np.uint8)
    dots = draw_on(pixels, page, density) >= DARK
    rows, across = (np.flatnonzero(dots.any(axis)) for axis in (1, 0))
    if not len(rows):
        return ""
    dots = dots[rows[0] : rows[-1] + 1, across[0] : across[-1] + 1]
    dots = np.pad(dots, ((0, -len(dots) % 4), (0, -dots.shape[1] % 2)))
    cells = dots.reshape(len(dots) // 4, 4, -1, 2).transpose(0, 2, 1, 3)
    codes = BLANK + (cells * DOTS).sum(axis=(2, 3))
    return "\n".join("".join(map(chr, line)).rstrip(chr(BLANK)) for line in codes.tolist())
