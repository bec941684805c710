import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.message.kern import advance, outline


def glyph(*rows: str) -> np.ndarray:
    return np.array([[c == "#" for c in row] for row in rows])


def gaps(before: np.ndarray, after: np.ndarray, at: int) -> list[int]:
    """Blank columns between two glyphs in each row in which both have ink."""
    found = []
    for one, two in zip(before, after, strict=True):
        if one.any() and two.any():
            found.append(int(at + np.flatnonzero(two)[0]) - int(np.flatnonzero(one)[-1]) - 1)
    return found


def test_an_outline_has_the_first_and_the_last_ink_of_each_row():
    found = outline(glyph(".##.", "#..#", "...."), reach=0)
    assert found.left[:2].tolist() == [1, 0] and found.right[:2].tolist() == [3, 4]
    assert found.left[2] > 1000 and found.right[2] < -1000
    assert (found.start, found.end) == (0, 4)


def test_reach_widens_a_row_to_the_ink_of_the_rows_near_it():
    found = outline(glyph("#...", "..#.", "....", "...."), reach=1)
    assert found.left[:3].tolist() == [0, 0, 2] and found.right[:3].tolist() == [3, 3, 3]
    assert found.left[3] > 1000


def test_straight_strokes_stand_at_the_gap():
    one = outline(glyph(".#..", ".#.."), reach=0)
    assert advance(one, one, gap=3.0, tuck=2.0) == 4


def test_a_glyph_is_tucked_under_an_overhang_but_only_so_far():
    seven = outline(glyph("####", "#...", "#..."), reach=0)
    low = outline(glyph("....", "##..", "##.."), reach=0)
    assert advance(seven, low, gap=1.0, tuck=1.0) == 4
    assert advance(seven, low, gap=1.0, tuck=9.0) == 2


def test_glyphs_without_a_common_row_still_follow_each_other():
    high, low = outline(glyph("##", ".."), reach=0), outline(glyph("..", "##"), reach=0)
    assert advance(high, low, gap=1.0, tuck=0.0) == 3


def test_a_glyph_without_ink_has_the_outline_of_a_bar():
    found = outline(np.zeros((9, 9), bool), reach=2)
    assert (found.start, found.end) == (3, 6)


pictures = st.lists(st.lists(st.booleans(), min_size=9, max_size=9), min_size=7, max_size=7).map(
    lambda rows: np.array(rows)
)


@given(pictures, pictures, st.integers(0, 4), st.integers(0, 6), st.integers(0, 2))
def test_no_two_strokes_are_nearer_than_the_gap(before, after, gap, tuck, reach):
    if not before.any() or not after.any():
        return
    one, two = outline(before, reach), outline(after, reach)
    at = advance(one, two, float(gap), float(tuck))
    assert all(found >= gap for found in gaps(before, after, at))
    assert at + two.start >= one.end + gap - tuck


@pytest.mark.parametrize("reach", [0, 3])
def test_an_outline_has_a_row_for_each_of_the_glyph(reach):
    assert outline(glyph("#.", ".#", "##"), reach).left.shape == (3,)
