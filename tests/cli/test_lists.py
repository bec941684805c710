"""Several things in one argument."""

import argparse

import pytest

from glyphspace.cli.lists import numbers, weights, words


@pytest.mark.parametrize(
    "text, meant",
    [
        ("3,8", ("3", "8")),
        ('"Ålesund, Norway",Kyiv', ("Ålesund, Norway", "Kyiv")),
        ('Kyiv, "Ålesund, Norway"', ("Kyiv", "Ålesund, Norway")),
        ("a b", ("a b",)),
    ],
)
def test_words_are_apart_by_commas_unless_they_are_quoted(text: str, meant: tuple[str, ...]) -> None:
    assert words(text) == meant


def test_numbers_and_rows_of_them() -> None:
    assert numbers("1,2.5,-3e-1") == (1.0, 2.5, -0.3)
    assert weights("0,1/1,0") == ((0.0, 1.0), (1.0, 0.0))


@pytest.mark.parametrize("text", ["", "3\n8"])
def test_a_list_of_nothing_or_in_several_lines_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        words(text)
