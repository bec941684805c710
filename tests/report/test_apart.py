"""One rule tells recipes apart: by more than chance, surely not by a difference that counts, or not at all."""

import numpy as np
import pytest

from glyphspace.report.apart import LEAST, RULE, SURE, above, agreed, below, differ, errors

HIGH, LOW = [0.9, 0.91, 0.92], [0.5, 0.52, 0.51]
WIDE = [0.9, 0.5, 0.7]


def test_what_differs_by_more_than_its_seeds_is_told_both_ways() -> None:
    assert (above(HIGH, LOW), above(LOW, HIGH)) == (True, False)
    assert (below(LOW, HIGH), below(HIGH, LOW)) == (True, False)
    assert differ(HIGH, LOW) is differ(LOW, HIGH) is True


def test_what_is_surely_as_good_is_not_better_and_does_not_differ() -> None:
    near = [0.5, 0.5001, 0.4999]
    assert above(near, near) is below(near, near) is differ(near, near) is False
    assert above([100.0] * 3, [100.0] * 3) is False


def test_what_the_seeds_do_not_tell_is_not_told() -> None:
    assert above(WIDE, [0.8, 0.4, 0.6]) is None
    assert differ(WIDE, [0.8, 0.4, 0.6]) is None
    assert differ([0.5, 0.5001, 0.4999], [0.52, 0.5201, 0.5199]) is True


@pytest.mark.parametrize("rule", [above, below, differ])
def test_one_seed_never_tells(rule) -> None:
    assert rule([0.9], [0.1, 0.1]) is None
    assert rule([0.9, 0.9], [0.1]) is None


def test_accuracies_are_compared_by_their_errors() -> None:
    few, more = [0.970, 0.9701, 0.9699], [0.971, 0.9711, 0.9709]
    assert above(few, more) is False
    assert above([0.9698, 0.970, 0.9702], [0.9699, 0.9701, 0.9703]) is False
    assert below(errors(more), errors(few)) is True
    assert below(errors([0.968, 0.970, 0.972]), errors([0.967, 0.969, 0.971])) is None


def test_seeds_must_agree_on_a_bound() -> None:
    assert agreed([True, True]) is True
    assert agreed(each > 1 for each in (0.5, 0.6)) is False
    assert agreed([True, False]) is None
    assert agreed([]) is None


def test_equal_recipes_of_three_seeds_are_told_apart_one_time_in_a_hundred() -> None:
    pairs = np.random.default_rng(0).normal(10, 1, (4_000, 2, 3))
    assert np.mean([above(ours, others) is True for ours, others in pairs.tolist()]) < 0.013


def test_the_rule_is_told_with_its_numbers() -> None:
    assert f"{SURE} standard errors" in RULE and f"{LEAST:.0%}" in RULE
