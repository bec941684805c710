import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.message.layout import LONGEST, Layout, layout_of, tidy

texts = st.text().map(tidy).filter(str.strip)
spaced = st.text("ab \n\t", max_size=80).map(tidy).filter(str.strip)  # mostly white space
widths = st.integers(1, 30)


@given(st.text())
def test_tidying_leaves_only_single_newlines_and_spaces_and_is_done_once(text):
    tidied = tidy(text)
    assert all(not c.isspace() or c in " \n" for c in tidied)
    assert not any(line.endswith(" ") for line in tidied.split("\n"))
    assert tidy(tidied) == tidied
    assert tidied.split() == text.split()


@given(texts)
def test_a_layout_filled_with_its_characters_is_the_text_again(text):
    layout = layout_of(text)
    assert layout.fill("".join(text.split())) == text
    assert len(layout) == len("".join(text.split()))


def test_small_letters_of_a_capitals_class_are_marked_and_filled_in_small():
    layout = layout_of("Hello", small="lo")
    assert layout.pattern == "xxooo" and len(layout) == 5
    assert layout.fill("HeLLO") == "Hello"


@given(spaced, widths)
def test_wrapped_lines_are_no_longer_than_the_width_and_lose_no_character(text, width):
    layout = layout_of(text).wrapped(width)
    assert max(map(len, layout.lines)) <= width
    assert len(layout) == len(layout_of(text))


@given(spaced, widths)
def test_words_that_fit_are_not_broken(text, width):
    layout = layout_of(text)
    if max(map(len, layout.pattern.split())) <= width:
        assert layout.wrapped(width).pattern.split() == layout.pattern.split()


@given(spaced)
def test_a_width_that_all_lines_have_changes_nothing(text):
    layout = layout_of(text)
    assert layout.wrapped(max(map(len, layout.lines))) == layout


@pytest.mark.parametrize(
    ("text", "width", "pattern"),
    [
        ("2026", 10, "xxxx"),
        ("12 345 6", 6, "xx xxx\nx"),
        ("1234567", 3, "xxx\nxxx\nx"),
        ("1  2\n\n 3", 9, "x  x\n\n x"),
        ("1\t2\r\n3\u00a04 \n", 9, "x x\nx x"),
    ],
)
def test_examples_of_wrapping(text, width, pattern):
    assert layout_of(tidy(text)).wrapped(width).pattern == pattern


@pytest.mark.parametrize("empty", ["", " ", "\n\t \u2003"])
def test_a_text_of_nothing_is_refused(empty):
    with pytest.raises(BadInput, match="the text is empty"):
        layout_of(tidy(empty))


def test_a_text_of_the_greatest_length_is_laid_out_and_a_longer_one_is_refused():
    assert len(layout_of("1" * LONGEST).wrapped(1)) == LONGEST
    with pytest.raises(BadInput, match=r"at most 5,000 characters; this one has 5,001"):
        layout_of("1" * (LONGEST + 1))


@pytest.mark.parametrize("pattern", ["", " ", "xx\txx", "2026", "x\r\nx"])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(BadInput, match="made of x, o, spaces and line breaks"):
        Layout(pattern)


def test_other_misuse_is_refused():
    with pytest.raises(BadInput, match="2 characters cannot be filled with 3"):
        Layout("x x").fill("123")
    with pytest.raises(BadInput, match="lines of 0 characters"):
        Layout("x").wrapped(0)
