"""The verb that calibrates: on what was held out, kept in the file, told by evaluate."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch

from glyphspace import calibrate, evaluate, load_dataset, train
from glyphspace.cli import main
from glyphspace.core.errors import BadInput
from glyphspace.core.tensors import load_tensors, save_tensors
from glyphspace.latent.certainty import classify
from glyphspace.nets import load_model
from glyphspace.training.state import Splits
from glyphspace.verbs.train import Run

DATA = "sklearn-digits"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("calibrate") / "run"
    return train("cnn-fast", data=DATA, out=out, epochs=2.0, changes={"batch_size": 64, "hold_out": 400})


def test_the_certainty_of_held_out_images_comes_nearer_to_the_truth(run: Run) -> None:
    found = calibrate(run.folder)
    assert found.count == 400
    assert found.temperature == found.model.temperature
    assert found.after.error < found.before.error


def test_the_temperature_is_kept_and_leaves_the_documents_certainty_alone(run: Run, tmp_path: Path) -> None:
    found = calibrate(run.folder, out=tmp_path / "calibrated.safetensors")
    kept = load_model(tmp_path / "calibrated.safetensors")
    assert kept.temperature == found.temperature
    test = load_dataset(DATA, "test").images
    before, after = classify(run.models["classifier"], test), classify(kept, test)
    assert torch.equal(before.certainty, after.certainty)
    assert before.calibrated_certainty is None
    assert after.calibrated_certainty is not None
    assert not torch.allclose(after.calibrated_certainty, after.certainty)


def test_the_command_calibrates_a_run_in_its_place(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(run.folder)]) == 0
    assert "not calibrated (glyphspace calibrate MODEL)" in capsys.readouterr().out
    assert main(["calibrate", str(run.folder)]) == 0
    told = capsys.readouterr().out
    assert "fitted on 400 held-out images" in told
    assert "chance alone" in told
    assert main(["evaluate", str(run.folder)]) == 0
    told = capsys.readouterr().out
    found = evaluate(run.folder)
    assert found.calibrated_error < found.calibration_error
    assert "at its temperature of" in told
    assert str(found.calibration_chance) in told
    assert str(found.calibrated_chance) in told
    assert main(["evaluate", str(run.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["calibrated_chance"] == asdict(found.calibrated_chance)


def test_what_has_nothing_held_out_or_no_file_of_its_own_is_refused(run: Run) -> None:
    with pytest.raises(BadInput, match="trained on every training image"):
        calibrate("mnist-judging")
    with pytest.raises(BadInput, match="is a generator, and a classifier is needed"):
        calibrate("digits")
    renamed = replace(run.models["classifier"], classes=tuple("abcdefghij"))
    with pytest.raises(BadInput, match="other classes"):
        calibrate(renamed)


def test_what_may_have_seen_the_images_that_it_held_out_is_refused(run: Run, tmp_path: Path) -> None:
    changes = {"batch_size": 64, "hold_out": 400}
    tuned = train("cnn-fast", data=DATA, out=tmp_path / "tuned", steps=1, init=run.folder, changes=changes)
    with pytest.raises(BadInput, match="began with another"):
        calibrate(tuned.folder)
    splits = Splits(*(load_dataset(DATA, split) for split in ("train", "test")), DATA)
    whole = train("cnn-fast", data=splits, out=tmp_path / "whole", steps=1, changes=changes)
    assert whole.models["classifier"].recipe["hold_out"] == 0
    with pytest.raises(BadInput, match="trained on every training image"):
        calibrate(whole.folder)


def test_a_shipped_model_is_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", "mnist-choosing"]) == 2
    assert "say with --out" in capsys.readouterr().err


@pytest.mark.parametrize("temperature", [0.0, -1.0, "warm", True, 1])
def test_a_temperature_that_is_none_is_refused(run: Run, tmp_path: Path, temperature: object) -> None:
    tensors, header = load_tensors(run.folder / "classifier.safetensors")
    save_tensors(tmp_path / "odd.safetensors", tensors, {**header, "temperature": temperature})
    with pytest.raises(BadInput, match="temperature"):
        load_model(tmp_path / "odd.safetensors")


def test_a_classifier_of_generated_images_is_calibrated_on_those_that_it_held_out(tmp_path: Path) -> None:
    data = "generated:digits,count=600"
    train("cnn-fast", data=data, out=tmp_path / "run", steps=10, changes={"batch_size": 64, "hold_out": 200})
    assert calibrate(tmp_path / "run", data=data).count == 200
    with pytest.raises(BadInput, match="not of mnist; say with --data where those are"):
        calibrate(tmp_path / "run", data="mnist")


def test_images_of_another_name_are_not_those_that_were_held_out(run: Run) -> None:
    with pytest.raises(BadInput, match="held out images of sklearn-digits, not of other"):
        calibrate(run.folder, data="other=sklearn-digits")
