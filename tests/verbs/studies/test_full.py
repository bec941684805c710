"""Every full study from its first step to its page, in rehearsal: of each training a few steps stand for all.

What it finds is worth nothing. But nets that draw nothing are what it must not break at after hours, and of its own
steps and nets, of which the quick studies have others, none is left out. `make test-slow`.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from glyphspace import study
from glyphspace.core.files import read_json
from glyphspace.training.history import History
from glyphspace.training.recipes import Recipe
from glyphspace.verbs.studies.cgan import subjects
from glyphspace.verbs.studies.frame import Bench
from glyphspace.verbs.train import Run, train

from .test_quick import CLAIMS, numbers

FEW = 4  # steps that are taken
NOTHING_DRAWN = ("a generator draws", "no images to judge")  # why a step is left out after as few
MEASURED = ("accuracy", "loss", "discriminator_loss", "generator_loss")  # by evaluations, of one kind of net or another


class Rehearsal:
    """Trains for a few steps, and gives runs that look as if all had been taken."""

    def __init__(self) -> None:
        self.runs: dict[Path, Run] = {}

    def train(self, bench: Bench, recipe: str | Recipe, name: str, keep: Sequence[int] = (), **options: Any) -> Run:
        asked, epochs = options.pop("steps", None), options.pop("epochs", None)
        run = train(recipe, out=bench.folder / "runs" / name, resume=True, steps=FEW, device=bench.device, **options)
        about = read_json(run.folder / "run.json")
        per_epoch = about["data"]["train"] // about["recipe"]["batch_size"]
        steps = asked or round((epochs or about["recipe"]["epochs"]) * per_epoch)
        self.runs[run.folder] = replace(run, step=steps, history=as_if_whole(run.history, steps, per_epoch))
        return self.runs[run.folder]

    def load(self, folder: Path) -> Run:
        return self.runs[folder]

    @staticmethod
    def kept(bench: Bench, name: str, step: int) -> Path:
        """The model at its end, as if it were that of the step."""
        return bench.folder / "runs" / name / "generator.safetensors"


def as_if_whole(history: History, steps: int, per_epoch: int) -> History:
    """The rows again and again, up to so many, and an evaluation at the end of each epoch."""
    whole = History(history.columns)
    rows = history.rows()
    figures = {f"{split}_{name}": 0.5 for split in ("train", "test") for name in MEASURED}
    ends = range(per_epoch, steps + 1, per_epoch)
    evaluations = [{"step": step, "epoch": step / per_epoch, **figures} for step in ends]
    whole.restore(rows.repeat(-(-steps // len(rows)), 1)[:steps], evaluations)
    return whole


def pick_small(bench: Bench, quick: Any, full: Any) -> Any:
    """What suits the full study, but of numbers those of the quick one."""
    return quick if isinstance(quick, int) else full


@pytest.mark.slow
@pytest.mark.parametrize("name", CLAIMS)
def test_a_full_study_comes_to_its_page(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsal = Rehearsal()
    monkeypatch.setattr(Bench, "train", lambda bench, *given, **options: rehearsal.train(bench, *given, **options))
    monkeypatch.setattr(Bench, "kept", rehearsal.kept)
    monkeypatch.setattr(Bench, "pick", pick_small)
    monkeypatch.setattr(subjects, "load_run", rehearsal.load)
    done = study(name, out=tmp_path / "out", budget="full")
    assert all(any(words in why for words in NOTHING_DRAWN) for why in done.left_out.values())
    kept = json.loads((tmp_path / "out" / "verdicts.json").read_text())["verdicts"]
    assert numbers(kept) == set(CLAIMS[name]) or done.left_out
    assert done.page is not None
