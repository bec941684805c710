"""The lines that tell of the time left, by a clock of our own."""

import pytest

from glyphspace.cli import terminal


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(terminal.time, "monotonic", lambda: now[0])
    return now


def test_each_stage_has_a_time_left_of_its_own(clock, capsys):
    lines = terminal._Lines("plane")
    for seconds, done in ((0, 0), (50, 50), (100, 100)):  # a second each
        clock[0] = float(seconds)
        lines(done, 100)
    for seconds, done in ((101, 0), (112, 1), (123, 2)):  # another stage of as many, eleven seconds each
        clock[0] = float(seconds)
        lines(done, 100)
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "plane: 50 of 100, 50 s left"
    assert told[-1] == "plane: 2 of 100, 17 min 58 s left"
