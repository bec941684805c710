import pytest
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.training.schedules import schedules


@given(st.sampled_from(sorted(schedules)), st.floats(0, 1))
def test_every_factor_lies_between_0_and_1(name, done):
    assert 0 <= schedules[name](done) <= 1


def test_the_schedules_pass_through_their_marks():
    assert [schedules["constant"](done) for done in (0.0, 0.5, 1.0)] == [1, 1, 1]
    assert [schedules["cosine"](done) for done in (0.0, 0.5, 1.0)] == pytest.approx([1, 0.5, 0])
    assert [schedules["one-cycle"](done) for done in (0.0, 0.1, 0.2, 0.6, 1.0)] == pytest.approx(
        [1e-3, 0.5, 1, 0.5, 1e-3]
    )


@given(st.floats(0, 1), st.floats(0, 1))
def test_after_its_peak_a_rate_only_falls(first, second):
    low, high = sorted((first, second))
    assert schedules["cosine"](low) >= schedules["cosine"](high)
    if low >= 0.2:
        assert schedules["one-cycle"](low) >= schedules["one-cycle"](high)
