"""What a terminal shows: the time left, by a clock of our own, and tables as wide as there is room."""

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


def table(capsys, head, rows):
    terminal.print_table(head, rows)
    return capsys.readouterr().out.splitlines()


def test_a_table_is_a_line_a_row_where_nobody_looks(capsys):
    words = "so many words that no terminal is as wide as they are long"
    head, *rows = table(capsys, ("name", "size", "words"), [("one", "1", words), ("three", "30", "few")])
    assert head == "name   size  words"
    assert rows == [f"one       1  {words}", "three    30  few"]


def test_on_a_terminal_the_last_column_is_folded_where_it_has_room(capsys, monkeypatch):
    words = "so many words that no terminal is as wide as they are long"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "45")
    head, *rows = table(capsys, ("name", "size", "words"), [("one", "1", words), ("three", "30", "few")])
    assert (head, rows[-1]) == ("name   size  words", "three    30  few")
    assert rows[0].startswith("one       1  so many")
    assert all(row.startswith(" " * 13) and len(row) <= 45 for row in rows[1:-1])
    assert " ".join(row[13:] for row in rows[:-1]) == words
    monkeypatch.setenv("COLUMNS", "30")
    assert table(capsys, ("name", "size", "words"), [("one", "1", words)])[1:3] == [
        "one      1",
        "    so many words that no",
    ]


def test_names_are_no_markup_on_a_progress_bar(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with terminal.waiting("train [/x].toml") as progress:
        progress(1, 2, "[/old] and [bold]")
