"""How many steps fit the minutes."""

import pytest

from glyphspace.training.timing import steps_within

from .conftest import CNN


def test_of_ten_times_the_minutes_many_more_steps_are_made(make):
    few, many = (steps_within(minutes, make(CNN)) for minutes in (0.5, 5.0))
    assert 2 < many / few < 50  # of the same machine, whatever else it does


def test_an_interruption_ends_the_timing_after_the_step_it_is_in(make):
    taken = []
    training = make(CNN)
    advance = training.advance
    training.advance = lambda step, done: taken.append(step) or advance(step, done)
    with pytest.raises(KeyboardInterrupt):
        steps_within(1.0, training, lambda: len(taken) == 3)
    assert taken == [0, 1, 2]
