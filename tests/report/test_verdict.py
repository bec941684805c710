"""A verdict follows from the parts of a claim, and from nothing else."""

import pytest

from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, UNTOLD, Part, Verdict, more_than_chance, number, spread
from glyphspace.report.words import NO_BREAK


def verdict(*holds: bool | None) -> str:
    return Verdict("1", "1.1", "A claim.", tuple(Part("it is so", "1", "2", each) for each in holds)).verdict


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((True,), HOLDS),
        ((True, True), HOLDS),
        ((False, False), FAILS),
        ((True, False), IN_PART),
        ((None,), UNTOLD),
        ((True, None), HOLDS),
        ((True, None, None), UNTOLD),
        ((False, None), FAILS),
        ((True, False, None, None), IN_PART),
        ((), UNTOLD),
    ],
)
def test_all_none_or_some_of_the_parts_decide(parts: tuple[bool | None, ...], expected: str) -> None:
    assert verdict(*parts) == expected


def test_a_claim_is_shown_with_every_part() -> None:
    block = Verdict(
        "7", "2.3", "It falls.", (Part("it falls", "0.1", "0.2", False), Part("far", "", "9", None))
    ).block()
    assert block.verdict == FAILS
    assert block.table.rows == (("it falls", "0.1", "0.2", "✗"), ("far", "—", "9", "?"))


def test_numbers_are_written_as_people_do() -> None:
    assert number(-1.5) == "−1.5"
    assert number(-0.0) == "0"
    assert number(None) == "no number"
    assert spread([0.5], ".2f") == "0.50"
    assert spread([1.0, 3.0], ".1f") == f"2.0{NO_BREAK}±{NO_BREAK}1.4 (2)"


def test_what_is_larger_must_be_larger_by_more_than_seeds_differ() -> None:
    assert more_than_chance([0.08, 0.09, 0.085], [0.02, 0.01, 0.015]) is True
    assert more_than_chance([0.03, 0.01, 0.02], [0.02, 0.01, 0.015]) is False
    assert more_than_chance([0.02, 0.01, 0.015], [0.08, 0.09]) is False
    assert more_than_chance([0.5, 0.5], [0.5, 0.5]) is False
    assert more_than_chance([0.03], [0.02, 0.01]) is None
