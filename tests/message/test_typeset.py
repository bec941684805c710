import numpy as np
import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.message.ink import strokes
from glyphspace.message.kern import outline
from glyphspace.message.proportions import CAPITAL, SMALL, proportions
from glyphspace.message.render import cell, coverage
from glyphspace.message.typeset import GAP, MARGIN, PITCH, Placed, typeset


def box(width: int, height: int, stroke: int = 3) -> torch.Tensor:
    """A rectangular ring in the middle of an image."""
    image = torch.zeros(28, 28, dtype=torch.uint8)
    top, left = (28 - height) // 2, (28 - width) // 2
    image[top : top + height, left : left + width] = 255
    image[top + stroke : top + height - stroke, left + stroke : left + width - stroke] = 0
    return image


def boxes(*sizes: tuple[int, int]) -> torch.Tensor:
    return torch.stack([box(*size) for size in sizes])


def ends(glyph: Placed) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the ink on the page."""
    ink = glyph.strokes
    return (
        glyph.x + ink.left * glyph.scale,
        glyph.y + ink.top * glyph.scale,
        glyph.x + ink.right * glyph.scale,
        glyph.y + ink.bottom * glyph.scale,
    )


def test_digits_and_capitals_stand_on_the_line_and_small_letters_rise_and_hang():
    text = "H1xdpg"
    page = typeset(boxes(*[(14, 22)] * len(text)), text)
    line = MARGIN + CAPITAL
    for glyph, character in zip(page.glyphs, text, strict=True):
        _, top, _, bottom = ends(glyph)
        told = proportions(character)
        assert top == pytest.approx(line - told.rise, abs=0.1)
        assert bottom == pytest.approx(line + told.drop, abs=0.1)
    assert [proportions(one).drop > 0 for one in text] == [False] * 4 + [True] * 2
    assert proportions("x").rise == SMALL * CAPITAL < proportions("d").rise


@pytest.mark.parametrize("size", [(20, 20), (14, 24), (10, 24), (20, 15)])
def test_a_character_is_as_high_however_large_it_was_drawn(size):
    (glyph,) = typeset(boxes(size), "A").glyphs
    _, top, _, bottom = ends(glyph)
    assert bottom - top == pytest.approx(CAPITAL, rel=0.05)


def test_what_is_very_wide_is_drawn_smaller_as_a_whole():
    (glyph,) = typeset(boxes((26, 9)), "m").glyphs
    left, top, right, bottom = ends(glyph)
    assert right - left <= proportions("m").widest + 0.01
    assert bottom - top < proportions("m").rise


def test_an_l_that_is_a_stroke_is_as_high_as_one():
    (stroke,), (angle,) = (typeset(boxes(size), "l").glyphs for size in ((4, 24), (14, 24)))
    assert ends(stroke)[1] < ends(angle)[1] - 3


def test_strokes_of_small_letters_are_broadened_and_of_large_ones_made_finer():
    page = typeset(boxes((20, 24), (20, 24), (20, 24), (20, 24)), "AAAx")
    assert page.glyphs[3].broader > page.glyphs[0].broader == 0


def test_gaps_between_neighbours_are_even_whatever_their_sides():
    images = boxes((4, 22), (20, 20), (4, 22), (12, 22))
    page = typeset(images, "1010")
    for one, two in zip(page.glyphs, page.glyphs[1:], strict=False):
        assert ends(two)[0] - ends(one)[2] == pytest.approx(GAP, abs=0.8)


def test_no_two_glyphs_touch():
    generator = torch.Generator().manual_seed(1)
    images = torch.stack(
        [box(int(w), 22).roll(int(s), 0) for w, s in torch.randint(5, 20, (30, 2), generator=generator)]
    )
    page = typeset(images, "1" * 30)
    apart = np.zeros_like(coverage(page, 80), dtype=int)
    for glyph in page.glyphs:
        column, row, drawn = cell(glyph, 4.0)
        apart[row : row + len(drawn), column : column + drawn.shape[1]] += drawn >= 128
    assert apart.max() == 1


def test_spaces_and_lines_part_what_they_part():
    page = typeset(boxes(*[(12, 22)] * 4), "11 1\n1")
    one, two, three, below = map(ends, page.glyphs)
    assert three[0] - two[2] > 2 * (two[0] - one[2]) + 3
    assert below[3] - one[3] == pytest.approx(PITCH, abs=0.1) and below[0] == pytest.approx(one[0], abs=0.5)


def test_long_lines_are_wrapped_at_spaces():
    page = typeset(boxes(*[(12, 22)] * 6), "111 111", width=4)
    assert len({round(ends(glyph)[3]) for glyph in page.glyphs}) == 2


def test_an_empty_glyph_has_a_place_but_no_ink():
    images = boxes((12, 22), (12, 22), (12, 22))
    images[1] = 0
    page = typeset(images, "111")
    assert ends(page.glyphs[2])[0] > ends(page.glyphs[0])[2] + 2 * GAP
    _, _, drawn = cell(page.glyphs[1], 4.0)
    assert not drawn.any()


def test_images_and_text_must_fit():
    with pytest.raises(BadInput, match="a text of 3 characters cannot be drawn with 2 images"):
        typeset(boxes((9, 9), (9, 9)), "12 3")
    with pytest.raises(BadInput, match="lines of 0 characters"):
        typeset(boxes((9, 9)), "1", width=0)


def test_the_outline_that_is_kerned_is_that_of_the_ink():
    (glyph,) = typeset(boxes((12, 22)), "1").glyphs
    column, _, drawn = cell(glyph, 4.0)
    found = outline(drawn >= 128, 0)
    assert (column + found.start) / 4 == pytest.approx(MARGIN, abs=0.5)
    assert strokes(boxes((12, 22)))[0].weight == pytest.approx(3, abs=0.7)
