"""Studies keep each result, go on where they were stopped, and tell what they could not find."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from glyphspace import study
from glyphspace.cli import main
from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.core.files import read_json
from glyphspace.figures.lines import lines
from glyphspace.report.apart import RULE
from glyphspace.report.page import Block, Text
from glyphspace.report.verdict import Basis, Part, Verdict
from glyphspace.verbs.explore import Findings
from glyphspace.verbs.studies.frame import Bench, Chapter, Results, Step, Study, studies

MEASURED: list[str] = []


def found(name: str, value: float) -> Callable[[Bench], Findings]:
    def measure(bench: Bench) -> Findings:
        MEASURED.append(name)
        bench.breathe()
        figure = lines("value", "x", np.arange(3.0), {"a": np.arange(3.0) * value})
        return Findings(name, {}, {"value": bench.pick(value, 10 * value)}, {"curve": figure})

    return measure


def missing(bench: Bench) -> Findings:
    raise BadInput("no such model ships")


def tell(results: Results) -> Iterator[Block | Verdict]:
    value = results["first"]["value"]
    yield Text((f"It is {value}.",))
    yield results.picture("first", "curve", "a curve")
    parts = (Part("above 1", "2", f"{value:g}", value > 1),)
    yield Verdict("1", "1.1", "It is above 1.", parts, Basis("a made-up step", 3))


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """A study of two steps that measure and one that cannot."""
    MEASURED.clear()
    steps = (Step("first", found("first", 0.5)), Step("second", found("second", 2.0)), Step("third", missing))
    chapters = (
        Chapter("First", "first", ("first",), tell),
        Chapter("Third", "third", ("third", "second"), tell),
    )
    made = Study("tiny", "A tiny study", "A document", ("About it.",), steps, chapters)
    monkeypatch.setitem(studies._entries, "tiny", made)


def test_each_step_is_measured_once(tmp_path: Path) -> None:
    first = study("tiny", out=tmp_path / "out", budget="quick")
    assert MEASURED == ["first", "second"]
    page = first.page.read_bytes()
    second = study("tiny", out=tmp_path / "out", budget="quick")
    assert MEASURED == ["first", "second"]
    assert second.page.read_bytes() == page


def test_a_step_that_was_stopped_keeps_what_it_had_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(bench: Bench) -> Findings:
        def part(number: int) -> float:
            MEASURED.append(f"part {number}")
            return number / 3

        return Findings("parts", {}, {"parts": [bench.once(f"p{n}", partial(part, n)) for n in range(3)]}, {})

    monkeypatch.setitem(
        studies._entries, "tiny", replace(studies["tiny"], steps=(Step("parts", measure),), chapters=())
    )
    answers = iter([False, False, False, True])  # before the step and the first two parts, and then
    assert study("tiny", out=tmp_path / "out", interrupted=lambda: next(answers)).page is None
    assert MEASURED == ["part 0", "part 1"]
    study("tiny", out=tmp_path / "out")
    assert MEASURED == ["part 0", "part 1", "part 2"]
    assert read_json(tmp_path / "out/steps/parts.json")["found"]["parts"] == [0, 0.333333, 0.666667]


def test_the_budget_reaches_the_steps(tmp_path: Path) -> None:
    quick, full = (study("tiny", out=tmp_path / budget, budget=budget) for budget in ("quick", "full"))
    assert [each.verdicts[0].verdict for each in (quick, full)] == ["does not hold", "holds"]


def test_it_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    answers = iter([False, False, True])
    stopped = study("tiny", out=tmp_path / "out", interrupted=lambda: next(answers, True))
    assert stopped.page is None
    assert MEASURED == ["first"]
    study("tiny", out=tmp_path / "out")
    assert MEASURED == ["first", "second"]


def test_the_time_of_each_step_that_found_something_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(0, 1000, 7))
    monkeypatch.setattr("glyphspace.verbs.study.time.perf_counter", lambda: float(next(ticks)))
    answers = iter([False, False, False, True])  # both steps ask as they begin and before they end
    stopped = study("tiny", out=tmp_path / "out", interrupted=lambda: next(answers, True))
    assert stopped.seconds == {"first": 7.0, "second": 7.0}
    done = study("tiny", out=tmp_path / "out")
    assert done.seconds == {"first": 7.0, "second": 14.0}
    assert study("tiny", out=tmp_path / "out").seconds == done.seconds
    assert "21 s" in (tmp_path / "out" / "study.html").read_text().replace("\xa0", " ")


@pytest.mark.parametrize("damage", ["", "[]", '{"first": "x", "second": NaN}'])
def test_times_that_are_damaged_or_missing_cost_no_result(tmp_path: Path, damage: str) -> None:
    study("tiny", out=tmp_path / "out")
    (tmp_path / "out" / "seconds.json").write_text(damage)
    again = study("tiny", out=tmp_path / "out")
    assert again.seconds == {}
    assert len(again.verdicts) == 1
    assert "<dt>time</dt>" not in again.page.read_text()


def test_what_could_not_be_found_is_left_out_with_the_reason(tmp_path: Path) -> None:
    done = study("tiny", out=tmp_path / "out")
    assert done.left_out == {"third": "no such model ships"}
    assert "Left out: no such model ships." in done.page.read_text()


def test_verdicts_are_kept_for_others(tmp_path: Path) -> None:
    study("tiny", out=tmp_path / "out")
    kept = json.loads((tmp_path / "out" / "verdicts.json").read_text())
    assert kept["budget"] == "full"
    assert [(each["verdict"], each["seeds"]) for each in kept["verdicts"]] == [("holds", 3)]


def test_another_study_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    study("tiny", out=tmp_path / "out", budget="quick")
    with pytest.raises(BadInput, match="tiny quick"):
        study("tiny", out=tmp_path / "out", budget="full")


def test_an_unknown_study_and_an_unknown_budget_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean gan-cnn"):
        study("gan-cn", out=tmp_path / "out")
    with pytest.raises(BadInput, match="quick or full"):
        study("tiny", out=tmp_path / "out", budget="slow")
    assert not (tmp_path / "out").exists()


def test_runs_are_trained_on_the_device_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def train(bench: Bench) -> Findings:
        run = bench.train("mlp-classifier", "run", data="sklearn-digits", steps=1)
        asked.append(read_json(run.folder / "run.json")["device"])
        return Findings("run", {}, {}, {})

    monkeypatch.setitem(studies._entries, "tiny", Study("tiny", "", "", (), (Step("run", train),), ()))
    study("tiny", out=tmp_path / "out", device="cpu:0")
    assert asked == ["cpu:0"]
    with pytest.raises(BadInput, match="'abacus' is not to be had here"):
        study("tiny", out=tmp_path / "other", device="abacus")
    assert not (tmp_path / "other").exists()


def test_the_command_prints_the_verdicts_and_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study", "tiny", "--quick", "--threads", "1", "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert "does not hold" in told.out
    assert str(tmp_path / "out" / "study.html") in told.out
    assert "left out: third: no such model ships" in told.err


def test_the_verdicts_of_studies_make_one_page_of_the_docs(tmp_path: Path) -> None:
    study("tiny", out=tmp_path / "out", budget="quick")
    tool = Path(__file__).parents[3] / "tools" / "claims.py"
    words = (sys.executable, tool, tmp_path / "out", "--out", tmp_path / "claims.md")
    subprocess.run(tuple(map(str, words)), check=True, capture_output=True)
    page = (tmp_path / "claims.md").read_text()
    assert "| A document | 0 | 0 | 1 | 0 |" in page
    assert "### 1 (1.1): does not hold" in page
    assert "`glyphspace study tiny --quick`" in page
    assert "Measured on a made-up step (3 seeds)." in page
    assert RULE in page.replace("\n", " ")
    gone = subprocess.run(
        (sys.executable, str(tool), str(tmp_path / "gone")), check=False, capture_output=True, text=True
    )
    assert (gone.returncode, gone.stderr.count("\n")) == (2, 1)
