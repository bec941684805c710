import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.report.words import duration, epochs, listed, numeral, percent, title_of


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0.0%"), (0.978, "97.8%"), (0.99996, "99.9%"), (1.0, "100.0%"), (1.25, "125.0%")]
)
def test_a_share_is_told_in_percent(share: float, words: str) -> None:
    assert percent(share) == words


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 3))
def test_only_the_whole_is_all(share: float, decimals: int) -> None:
    assert not percent(share, decimals).startswith("100")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0.0 s"),
        (4.23, "4.2 s"),
        (9.96, "10 s"),
        (59.6, "1 min 00 s"),
        (200.0, "3 min 20 s"),
        (3900.0, "1 h 05 min"),
    ],
)
def test_a_duration_is_told_as_people_do_and_in_one_piece(seconds: float, words: str) -> None:
    assert duration(seconds) == words.replace(" ", "\u00a0")


def test_a_negative_number_has_a_minus_sign_and_zero_has_none() -> None:
    assert [numeral(value, ".2f") for value in (-1.5, -0.001, 0.0, 0.126)] == ["−1.50", "0.00", "0.00", "0.13"]


def test_steps_are_told_in_epochs() -> None:
    assert [epochs(steps, 937) for steps in (50, 1200, 937, 9370)] == ["0.053", "1.3", "1", "10"]


def test_words_are_listed() -> None:
    assert [listed(words) for words in ("a", "ab", "abc")] == ["a", "a and b", "a, b and c"]


def test_a_dataset_has_its_title_or_its_own_name() -> None:
    assert [title_of(name) for name in ("mnist", "my/folder")] == ["MNIST", "my/folder"]
