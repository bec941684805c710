"""A verdict follows from the parts of a claim, and from nothing else."""

import pytest

from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, UNTOLD, Basis, Part, Verdict, number, spread
from glyphspace.report.words import NO_BREAK

BASIS = Basis("a net, 3 steps", 2)


def verdict(*holds: bool | None) -> str:
    return Verdict("1", "1.1", "A claim.", tuple(Part("it is so", "1", "2", each) for each in holds), BASIS).verdict


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


def test_a_claim_is_shown_with_every_part_and_with_what_it_rests_on() -> None:
    claim = Verdict("7", "2.3", "It falls.", (Part("it falls", "0.1", "0.2", False), Part("far", "", "9", None)), BASIS)
    block = claim.block()
    assert block.verdict == FAILS
    assert block.table.rows == (("it falls", "0.1", "0.2", "✗"), ("far", "—", "9", "?"))
    assert block.answer == "Measured on a net, 3 steps (2 seeds)."
    assert (claim.as_json()["seeds"], claim.as_json()["measured"]) == (2, block.answer)


@pytest.mark.parametrize(("seeds", "words"), [(0, "no random seed takes part"), (1, "1 seed"), (3, "3 seeds")])
def test_the_number_of_seeds_is_told_also_where_there_are_none(seeds: int, words: str) -> None:
    assert str(Basis("a formula", seeds)) == f"Measured on a formula ({words})."


def test_numbers_are_written_as_people_do() -> None:
    assert number(-1.5) == "−1.5"
    assert number(-0.0) == "0"
    assert number(None) == "no number"
    assert spread([0.5], ".2f") == "0.50"
    assert spread([1.0, 3.0], ".1f") == f"2.0{NO_BREAK}±{NO_BREAK}1.4 (2)"
