"""A message in motion: written glyph by glyph, or one message becoming another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float32, UInt8

from .ink import FINE, SIZE, Strokes
from .proportions import CAPITAL
from .render import blank, depths, stamp
from .typeset import Page, Placed

Frames = Iterator[UInt8[np.ndarray, "h w"]]

SPEED = 46.0  # pixels of a glyph that the pen goes in a second, at least
LONGEST = 20.0  # seconds that it takes, at most
LIFT = 3.0  # pixels of the glyph that it could have gone between one glyph and the next
SOFT = 1.0  # pixels of the glyph over which new ink appears


def written(page: Page, height: int, rate: int) -> Frames:
    """Frames, `rate` of them a second, of how much ink is on each pixel while a pen writes the page.

    The pen begins each glyph at its upper left and goes where there is ink, at one speed, which is as high as it must
    be for the page to be written within 20 seconds.

    Raises:
        BadInput: no such height, or the frames would be too large.
    """
    pixels = blank(page, height)
    density = height / CAPITAL
    cells = [_cell(glyph, density) for glyph in page.glyphs]
    total = sum(cell.length for cell in cells) + LIFT * len(cells)
    speed = max(SPEED, total / LONGEST)
    yield pixels.copy()
    begun, shown = 0.0, 1
    for cell in cells:
        end = begun + cell.length + LIFT
        while shown * speed / rate < end:
            frame = pixels.copy()
            new = np.clip((shown * speed / rate - begun - cell.reached) / SOFT, 0, 1)
            stamp(frame, cell.column, cell.row, (cell.covered * new * 255).astype(np.uint8))
            yield frame
            shown += 1
        stamp(pixels, cell.column, cell.row, (cell.covered * 255).round().astype(np.uint8))
        begun = end
    yield pixels


@dataclass(frozen=True, eq=False)
class _Cell:
    """The pixels of one glyph: where they are, how much ink they get, how far the pen has gone by then, and in all."""

    column: int
    row: int
    covered: Float32[np.ndarray, "h w"]
    reached: Float32[np.ndarray, "h w"]
    length: float


def _cell(glyph: Placed, density: float) -> _Cell:
    column, row, depth = depths(glyph, density)
    covered = np.clip((depth + glyph.broader) * glyph.scale * density + 0.5, 0, 1).astype(np.float32)
    reached = _enlarged(_way(glyph.strokes), glyph, density, column, row, depth.shape)
    return _Cell(column, row, covered, reached, float(reached[covered > 0.5].max(initial=0.0)) + SOFT)


def _way(strokes: Strokes) -> Float32[np.ndarray, "84 84"]:
    """How far the pen has gone, in pixels of the glyph, when it comes to each sample."""
    from scipy import ndimage  # takes as long to import as a short message to draw

    left = strokes.ink > 0.25
    way = np.zeros(left.shape, np.float32)
    gone = 0
    neighbours = (ndimage.generate_binary_structure(2, 1), ndimage.generate_binary_structure(2, 2))
    while left.any():
        rows, columns = left.nonzero()
        first = (rows + 0.6 * columns).argmin()  # upper left
        front = np.zeros_like(left)
        front[rows[first], columns[first]] = True
        while front.any():
            way[front] = gone / FINE
            left &= ~front
            front = ndimage.binary_dilation(front, neighbours[gone % 2]) & left  # by turns, nearly a circle
            gone += 1
    nearest = ndimage.distance_transform_edt(way == 0, return_distances=False, return_indices=True)
    return np.asarray(way[tuple(nearest)], np.float32)


def _enlarged(
    way: Float32[np.ndarray, "84 84"], glyph: Placed, density: float, column: int, row: int, shape: tuple[int, ...]
) -> Float32[np.ndarray, "h w"]:
    """`way` at the pixels of a glyph's cell."""
    from scipy import ndimage

    across = ((np.arange(shape[1]) + column + 0.5) / density - glyph.x) / glyph.scale * FINE - 0.5
    down = ((np.arange(shape[0]) + row + 0.5) / density - glyph.y) / glyph.scale * FINE - 0.5
    limit = SIZE * FINE - 1
    points = np.meshgrid(np.clip(down, 0, limit), np.clip(across, 0, limit), indexing="ij")
    return np.asarray(ndimage.map_coordinates(way, points, order=1), np.float32)


def between(before: Page, after: Page, drawn: Sequence[Strokes], share: float) -> Page:
    """The page on the way from one to another: glyphs have gone `share` of their way, 0 to 1, in a straight line.

    Args:
        drawn: the ink of each glyph at this moment, as many as the longer page has. What the shorter one lacks dries
            up where it stands, or wells up there.
    """
    glyphs = []
    for place, ink in enumerate(drawn):
        one, two = (page.glyphs[place] if place < len(page.glyphs) else None for page in (before, after))
        if one is not None and two is not None:
            glyphs.append(_on_the_way(one, two, ink, share))
        elif one is not None:
            glyphs.append(_dried(one, ink, share))
        elif two is not None:
            glyphs.append(_dried(two, ink, 1 - share))
    width, height = (max(getattr(before, side), getattr(after, side)) for side in ("width", "height"))
    return Page(tuple(glyphs), width, height)


def _on_the_way(one: Placed, two: Placed, ink: Strokes, share: float) -> Placed:
    """The box of the ink moves and grows steadily, whatever the ink in it looks like."""
    boxes = []
    for glyph in (one, two):
        sides = glyph.strokes
        boxes.append(
            np.array(
                [
                    glyph.x + glyph.scale * (sides.left + sides.right) / 2,
                    glyph.y + glyph.scale * sides.bottom,
                    glyph.scale,
                    glyph.broader,
                ]
            )
        )
    middle, bottom, scale, broader = (1 - share) * boxes[0] + share * boxes[1]
    return Placed(
        ink,
        scale=float(scale),
        x=float(middle - scale * (ink.left + ink.right) / 2),
        y=float(bottom - scale * ink.bottom),
        broader=float(broader),
        character=(one if share < 0.5 else two).character,
    )


def _dried(glyph: Placed, ink: Strokes, share: float) -> Placed:
    """`glyph` with less and less ink; with none at 1."""
    return replace(glyph, strokes=ink, broader=glyph.broader - share * (ink.weight / 2 + 1))
