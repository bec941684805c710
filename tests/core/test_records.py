import json
from dataclasses import asdict, dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.records import revived


@dataclass(frozen=True)
class Inner:
    value: float
    note: str | None


@dataclass(frozen=True)
class Outer:
    count: int
    shares: tuple[float, ...]
    one: Inner
    maybe: Inner | None


inner = st.builds(Inner, st.floats(allow_nan=False), st.none() | st.text())
outer = st.builds(Outer, st.integers(), st.lists(st.floats(allow_nan=False)).map(tuple), inner, st.none() | inner)


@given(outer)
def test_what_was_written_as_json_comes_back_equal(record):
    assert revived(Outer, json.loads(json.dumps(asdict(record)))) == record


@pytest.mark.parametrize("other", [{}, {"count": 1}, {"count": 1, "shares": 2, "one": 3, "maybe": None}])
def test_another_record_is_an_error_that_can_be_caught(other):
    with pytest.raises((KeyError, TypeError)):
        revived(Outer, other)
