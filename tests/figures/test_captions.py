"""Captions fit below their images."""

from glyphspace.figures.captions import fitted


def test_what_fits_stays_as_it_is_on_one_line() -> None:
    found = fitted(["7  0.98", "3  1.00"], 0.7, 8.0)
    assert (found.texts, found.size, found.lines) == (("7  0.98", "3  1.00"), 8, 1)


def test_what_is_too_long_is_broken_and_if_need_be_set_smaller_but_not_too_small() -> None:
    broken = fitted(["Ankle boot  0.98", "Bag  1.00"], 0.6, 8.0)
    assert (broken.texts, broken.lines) == (("Ankle boot\n0.98", "Bag\n1.00"), 2)
    assert 7 < broken.size < 8
    assert fitted(["x" * 100], 0.7, 8.0).size == 4
    assert fitted([], 0.7, 8.0).lines == 0
