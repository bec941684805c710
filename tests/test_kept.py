"""What a file of figures holds is gone on with on the same machine, for the same question, or where it was named."""

import argparse
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not (ROOT / "benchmarks").is_dir(), reason="the benchmarks are not in this copy")

HERE = {"processor": "One", "cores": 2, "torch": "2.0", "load before": 0.1, "date": "2026-11-01", "commit": "new"}
ELSEWHERE = {**HERE, "processor": "Another"}


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """The arguments of a benchmark on the machine HERE, whose own file of figures is results/x.json."""
    monkeypatch.setattr("benchmarks.common.HERE", tmp_path)
    monkeypatch.setattr("benchmarks.kept.machine", lambda: {**HERE, "load before": 7.5, "commit": "newer"})
    usual = {"benchmark": "x", "json": None, "afresh": False, "keep": None, "data": "mnist", "seeds": [0]}
    return lambda **words: argparse.Namespace(**{**usual, **words})


def add(arguments, name, where):
    from benchmarks.kept import Kept

    kept = Kept(arguments, "seeds")
    kept.add(name, {**kept.found, name: 1}, where)
    return json.loads(kept.file.read_text())


def test_the_same_machine_goes_on_at_a_later_commit_on_a_busier_day(ask, tmp_path):
    add(ask(), "a", {**HERE, "commit": "old"})
    kept = add(ask(seeds=[1]), "b", HERE)
    assert kept == json.loads((tmp_path / "results" / "x.json").read_text())
    assert kept["found"] == {"a": 1, "b": 1}
    assert [where["commit"] for where in kept["machines"].values()] == ["old", "new"]


def test_a_file_that_is_gone_on_with_was_asked_for_all_that_it_holds(ask):
    add(ask(), "a", HERE)
    assert add(ask(seeds=[2, 1]), "b", HERE)["asked"]["seeds"] == [2, 1, 0]
    assert add(ask(seeds=[0, 1, 2]), "c", HERE)["asked"]["seeds"] == [0, 1, 2]


def test_figures_of_another_machine_are_gone_on_with_only_where_they_are_named(ask, tmp_path):
    add(ask(), "a", ELSEWHERE)
    with pytest.raises(SystemExit, match=r"another machine \(Another, 2 cores, PyTorch 2.0\); put yours in another \("):
        add(ask(), "b", HERE)
    named = tmp_path / "results" / "x.json"
    assert list(add(ask(json=named), "b", HERE)["found"]) == ["a", "b"]
    assert list(add(ask(), "c", HERE)["found"]) == ["a", "b", "c"]  # this machine is among them now


def test_figures_of_another_question_are_not_gone_on_with(ask, tmp_path):
    add(ask(json=tmp_path / "y.json"), "a", HERE)
    with pytest.raises(SystemExit, match=r"holds figures with data mnist, not kmnist; .*--json FILE.*--afresh"):
        add(ask(json=tmp_path / "y.json", data="kmnist"), "b", HERE)


def test_a_file_that_is_begun_anew_holds_nothing_of_before(ask):
    add(ask(), "a", ELSEWHERE)
    kept = add(ask(data="kmnist", afresh=True), "b", HERE)
    assert kept["found"] == {"b": 1}
    assert list(kept["machines"]) == ["b"]


def test_all_benchmarks_leave_the_figures_that_come_with_the_source(tmp_path, monkeypatch):
    from benchmarks import __main__ as benchmarks

    calls = []
    done = argparse.Namespace(returncode=0)
    monkeypatch.setattr(benchmarks.subprocess, "run", lambda words: calls.append(words[2:]) or done)
    assert benchmarks.run_all(["one", "two"], tmp_path) == 0
    assert calls == [
        ["benchmarks.one", "--json", str(tmp_path / "one.json")],
        ["benchmarks.two", "--json", str(tmp_path / "two.json")],
        ["benchmarks.page", "--results", str(tmp_path), "--out", str(tmp_path / "speed.md")],
    ]
