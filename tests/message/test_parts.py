import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy import ndimage

from glyphspace.message.parts import parts

drawings = arrays(bool, array_shapes(min_dims=3, max_dims=3, max_side=12))
WITHIN = np.zeros((3, 3, 3), dtype=bool)  # no part goes on from drawing to drawing
WITHIN[1] = ndimage.generate_binary_structure(2, 1)


def agree(ink: np.ndarray) -> bool:
    """Whether these are the parts that SciPy finds, by whatever numbers."""
    theirs, count = ndimage.label(ink, WITHIN)
    pairs = np.unique(np.stack([parts(ink), theirs[ink]]), axis=1)
    return all(len(np.unique(side)) == len(side) == count for side in pairs)


@given(drawings)
def test_parts_are_those_that_scipy_finds(ink: np.ndarray) -> None:
    assert agree(ink)


@given(st.integers(1, 30), st.floats(0.5, 0.7), st.integers(0, 2**32 - 1))
def test_they_are_found_where_ways_are_long(side: int, share: float, seed: int) -> None:
    assert agree(np.random.default_rng(seed).random((2, 3 * side, 3 * side)) < share)


def test_one_line_is_one_part_however_it_winds() -> None:
    ink = np.ones((1, 41, 41), dtype=bool)
    ink[:, 1::4, :-1] = ink[:, 3::4, 1:] = False
    assert len(np.unique(parts(ink))) == 1
    ink[:, 20, 20] = ink[:, 20, 21] = False
    assert len(np.unique(parts(ink))) == 2


def test_drawings_without_ink_have_no_parts() -> None:
    assert len(parts(np.zeros((2, 5, 5), dtype=bool))) == 0
