import pytest

from glyphspace.core.errors import BadInput, Unavailable
from glyphspace.report.page import Text
from glyphspace.report.parts import Absent, attempt, need, section


def unavailable() -> str:
    raise Unavailable("there is no network")


def test_a_part_that_fails_is_absent_for_the_reason_it_gave() -> None:
    assert attempt(unavailable) == Absent("there is no network")
    assert attempt(lambda: "made") == "made"


def test_a_bug_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        attempt(lambda: 1 / 0)


def test_what_is_made_of_an_absent_part_is_absent_for_the_same_reason() -> None:
    part = attempt(unavailable)
    assert attempt(lambda: need(part) + "!") == part
    with pytest.raises(BadInput, match="there is no network"):
        need(part)


def test_a_section_tells_its_part_or_why_it_is_left_out() -> None:
    told = section("A", "a", "part", lambda part: [Text((part,))])
    missing = section("A", "a", Absent("it rained"), lambda part: [Text((part,))])
    assert told.blocks == (Text(("part",)),)
    assert missing.blocks == (Text(("Left out: it rained.",)),)
