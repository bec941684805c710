import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import LONGEST, BadInput, GlyphspaceError, TrainingFailed, Unavailable, UnknownName


@given(st.text(max_size=3000))
def test_a_message_is_one_printable_line_whatever_it_quotes(text):
    message = str(BadInput(text))
    assert message.isprintable()
    assert "\n" not in message
    message.encode()  # a terminal can show it


def test_a_message_does_not_grow_with_what_it_quotes():
    assert len(str(BadInput("x" * 10**6))) == LONGEST + 1


def test_an_ordinary_message_stands_as_it_was_written():
    assert str(BadInput("cannot read a b.png: no such file – é")) == "cannot read a b.png: no such file – é"


@pytest.mark.parametrize("kind", [BadInput, Unavailable, TrainingFailed])
def test_every_error_can_be_caught_by_one_name(kind):
    assert issubclass(kind, GlyphspaceError)
    assert issubclass(UnknownName, kind) == (kind is BadInput)


def test_an_unknown_name_suggests_the_nearest():
    assert str(UnknownName("recipe", "gan-fats", ["gan-fast", "cnn-fast", "x"])) == (
        "no recipe is called 'gan-fats'; did you mean gan-fast or cnn-fast?"
    )


def test_an_unknown_name_suggests_those_it_is_a_part_of():
    assert str(UnknownName("field", "rate", ["name", "date", "learning_rate"])).endswith("did you mean learning_rate?")


def test_an_unknown_name_that_is_near_to_nothing_gets_the_whole_list():
    assert str(UnknownName("recipe", "zzz", ["b", "a"])) == "no recipe is called 'zzz'; there are: a, b"
    assert str(UnknownName("recipe", "zzz", [])).endswith("there are: none")


def test_an_enormous_unknown_name_is_cut():
    assert len(str(UnknownName("net", "a\n" * 10**6, ["a"]))) < 300
