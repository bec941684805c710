import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.message.alphabet import class_of, fold, repertoire, spell

DIGITS = tuple("0123456789")
CASED = (*DIGITS, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"abdefghnqrt")


def test_small_letters_without_a_class_are_their_capitals_drawn_small():
    found = spell("Hello 10", CASED)
    assert found.classes == ("H", "e", "L", "L", "O", "1", "0")
    assert found.layout.pattern == "xxooo xx"
    assert found.layout.fill(found.classes) == found.text == "Hello 10"


@given(st.text([*CASED, *"cijklmopsuvwxyz", " ", "\n"], min_size=1).filter(str.strip))
def test_any_text_of_digits_and_letters_is_spelled_and_filled_in_again(text):
    found = spell(text, CASED)
    assert found.layout.fill(found.classes) == found.text
    assert found.text.split() == text.split()


def test_what_cannot_be_written_is_named_in_one_line_with_what_can():
    with pytest.raises(BadInput) as caught:
        spell("x2y\n0x", DIGITS)
    assert str(caught.value) == "'x', 'y' cannot be written with this generator; it can write 0-9 and spaces"
    with pytest.raises(BadInput, match=r"^'\\x00', '\\x1b' cannot be written"):
        spell("\x00\x1b", DIGITS)
    with pytest.raises(BadInput, match="and others cannot be written") as caught:
        spell("the quick brown fox", DIGITS)
    assert len(str(caught.value)) < 200


def test_a_refusal_says_what_would_be_written_instead():
    with pytest.raises(BadInput, match=r"; folded, it would write 'é' as 'e', 'ß' as 'ss'$"):
        spell("Café, Straße!", CASED)


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_a_text_of_nothing_is_refused(text):
    with pytest.raises(BadInput, match="the text is empty"):
        spell(text, CASED)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Crème brûlée, 5²", "Creme brulee 52"),
        ("Þórr Æsir Straße", "THorr AEsir Strasse"),
        ("Łódź №4 ﬁve Ⅻ", "Lodz No4 five XII"),
        ("a\n b", "a\n b"),
        ("你好!", ""),
        ("ſıħĦŋŊ", "sihHngNG"),
    ],
)
def test_folding_writes_what_is_nearest(text, plain):
    assert fold(text, CASED) == plain


@given(st.text())
def test_what_was_folded_can_be_written_and_is_folded_once(text):
    folded = fold(text, CASED)
    assert all(one.isspace() or class_of(one, CASED) for one in folded)
    assert fold(folded, CASED) == folded


def test_a_text_that_can_be_written_is_not_folded():
    assert fold("Hello 10", CASED) == "Hello 10"
    assert fold("Hello 10", DIGITS) == " 10"


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        (DIGITS, "0-9 and spaces"),
        (CASED, "0-9, A-Z, a-z and spaces"),
        (tuple("ABCDEhn01"), "0, 1, A-E, a-e, h, n and spaces"),
        (("bag",), "no characters at all"),
    ],
)
def test_a_repertoire_is_told_in_ranges(classes, words):
    assert repertoire(classes) == words


def test_a_capital_that_has_another_small_letter_is_not_the_capital_of_it():
    assert class_of("s", ("S",)) == "S" and class_of("é", ("É",)) == "É"
    assert class_of("ſ", ("S",)) is None and class_of("ı", ("I",)) is None
