"""The verb that trains: what it leaves, where it stops, and what it keeps its hands off."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from glyphspace import train
from glyphspace.core.errors import BadInput, TrainingFailed
from glyphspace.data import load_dataset
from glyphspace.training.device import choose_compute
from glyphspace.training.gan import GanTraining
from glyphspace.training.loop import Watcher
from glyphspace.training.recipes import override, recipes
from glyphspace.training.run import RunFolder
from glyphspace.training.state import Splits
from glyphspace.verbs.frames import load_frames
from glyphspace.verbs.train import load_run, load_splits, make_training

DATA = {"data": "sklearn-digits", "changes": {"batch_size": 16}}


def test_a_run_stops_after_its_steps_and_remembers_each(tmp_path: Path) -> None:
    run = train("gan-fast", out=tmp_path / "run", steps=4, **DATA)
    assert (run.step, run.finished) == (4, True)
    assert run.history.rows().shape == (4, 6)
    assert load_run(run.folder).history.rows().equal(run.history.rows())


def test_minutes_are_kept_and_the_step_at_which_they_ran_out_repeats_the_run(tmp_path: Path) -> None:
    timed = train("gan-fast", out=tmp_path / "timed", minutes=0.005, **DATA)
    assert json.loads((timed.folder / "run.json").read_text())["step"] == timed.step > 0
    again = train("gan-fast", out=tmp_path / "again", steps=timed.step, **DATA)
    for kind in ("generator", "discriminator"):
        first, second = (run.folder / f"{kind}.safetensors" for run in (timed, again))
        assert first.read_bytes() == second.read_bytes()


def test_a_schedule_ends_with_the_minutes_and_when_it_is_resumed_where_it_was_to_end(tmp_path: Path) -> None:
    changes = {"batch_size": 16, "schedule": "cosine", "generator": "fast:z_dim=8,width=8"}
    asked = {"out": tmp_path / "run", "data": "sklearn-digits", "changes": changes, "minutes": 0.02}
    stopped = train("gan-fast", **asked, watcher=Watcher(interrupted=lambda: True))
    assert (stopped.step, stopped.finished) == (0, False)
    run = train("gan-fast", **asked, resume=True)
    description = json.loads((run.folder / "run.json").read_text())
    assert run.finished
    assert run.step == description["stop"]["steps"]
    with pytest.raises(BadInput, match="another stop"):
        train("gan-fast", **{**asked, "minutes": 50.0}, resume=True)
    told: list[str] = []
    train("gan-fast", **asked, resume=True, progress=lambda done, total, note="": told.append(note))
    assert "a few steps are timed" not in told


def test_a_run_that_has_ended_is_given_as_it_is_wherever_it_was_computed(tmp_path: Path) -> None:
    asked = {"out": tmp_path / "run", "steps": 2, **DATA}
    run = train("gan-fast", **asked)
    description = json.loads((run.folder / "run.json").read_text())
    recipe = {**description["recipe"], "data": "elsewhere/digits"}
    elsewhere = {**description, "recipe": recipe, "precision": "bfloat16", "device": "cuda"}
    (run.folder / "run.json").write_text(json.dumps(elsewhere))
    before = {file: file.stat().st_mtime_ns for file in run.folder.iterdir()}
    again = train("gan-fast", **asked, resume=True)
    assert (again.step, again.finished, set(again.models)) == (2, True, {"generator", "discriminator"})
    assert {file: file.stat().st_mtime_ns for file in run.folder.iterdir()} == before
    with pytest.raises(BadInput, match="another"):
        train("gan-fast", **asked, seed=1, resume=True)


def test_an_interrupted_run_says_so_and_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    asked = iter([False, False, True])
    stopped = train("gan-fast", out=tmp_path / "a", steps=5, watcher=Watcher(interrupted=lambda: next(asked)), **DATA)
    assert (stopped.step, stopped.finished, dict(stopped.models)) == (2, False, {})
    assert json.loads((stopped.folder / "run.json").read_text())["status"] == "interrupted"
    resumed = train("gan-fast", out=tmp_path / "a", steps=5, resume=True, **DATA)
    straight = train("gan-fast", out=tmp_path / "b", steps=5, **DATA)
    first, second = ((run.folder / "generator.safetensors").read_bytes() for run in (resumed, straight))
    assert first == second


def test_a_finished_run_resumed_is_left_as_it_is(tmp_path: Path) -> None:
    before = train("cnn-fast", out=tmp_path / "run", steps=3, **DATA)
    content = (before.folder / "classifier.safetensors").read_bytes()
    after = train("cnn-fast", out=tmp_path / "run", steps=3, resume=True, **DATA)
    assert after.step == 3
    assert (after.folder / "classifier.safetensors").read_bytes() == content


def test_a_run_is_not_resumed_to_an_end_that_is_past(tmp_path: Path) -> None:
    before = train("gan-fast", out=tmp_path / "run", steps=3, **DATA)
    kept = (before.folder / "run.json").read_text()
    with pytest.raises(BadInput, match="has taken 3 steps already, and 2 are asked for"):
        train("gan-fast", out=tmp_path / "run", steps=2, resume=True, **DATA)
    assert (before.folder / "run.json").read_text() == kept


def test_the_first_sheet_shows_the_beginning_and_the_last_the_model(tmp_path: Path) -> None:
    run = train("gan-fast", out=tmp_path / "run", epochs=1.0, data="sklearn-digits", changes={"batch_size": 48})
    frames = load_frames(run.folder)
    assert [step for step, _ in frames] == [0, 25, run.step]
    assert frames[0][1].shape == (64, 28, 28)
    assert (run.folder / "evolution.gif").read_bytes().startswith(b"GIF89a")


def test_images_held_out_are_measured_on_and_never_trained_on() -> None:
    recipe = override(recipes["features-choosing"], {"data": "sklearn-digits", "hold_out": 200})
    splits = load_splits(recipe, seed=0)
    everything = load_dataset("sklearn-digits", "train")
    assert (len(splits.train), len(splits.test)) == (len(everything) - 200, 200)
    train_images, held_out = ({bytes(image) for image in part.images.numpy()} for part in (splits.train, splits.test))
    assert not train_images & held_out
    test_images = {bytes(image) for image in load_dataset("sklearn-digits", "test").images.numpy()}
    assert not held_out & test_images


def test_a_run_that_another_process_trains_is_left_alone(tmp_path: Path) -> None:
    run = train("gan-fast", out=tmp_path / "run", steps=2, **DATA)
    before = {file.name: file.read_bytes() for file in run.folder.iterdir() if file.is_file()}
    with RunFolder(run.folder).held(), pytest.raises(BadInput, match="another process"):
        train("gan-fast", out=run.folder, steps=4, resume=True, **DATA)
    assert {file.name: file.read_bytes() for file in run.folder.iterdir() if file.is_file()} == before
    assert train("gan-fast", out=run.folder, steps=4, resume=True, **DATA).step == 4


def test_the_threads_that_a_run_was_begun_with_are_not_forgotten(tmp_path: Path) -> None:
    told: list[str] = []
    for steps, threads in ((1, 1), (2, 2), (3, 1), (4, 2)):
        train(
            "gan-fast", out=tmp_path / "run", steps=steps, threads=threads, resume=True,
            watcher=Watcher(alarm=told.append), **DATA,
        )  # fmt: skip
    assert told == ["this run was begun with --threads 1, not 2; only that repeats it to the bit"] * 2


def test_images_as_they_are_have_no_teacher(tmp_path: Path) -> None:
    digits = load_dataset("sklearn-digits", "test")
    splits, teacher = Splits(digits, digits, "sklearn-digits"), {"teacher": "mnist-classifier"}
    with pytest.raises(BadInput, match="a teacher confirms the labels of a dataset that is named"):
        train("cnn-fast", data=splits, out=tmp_path / "run", steps=1, changes=teacher)


def test_another_seed_trains_another_model(tmp_path: Path) -> None:
    one, two = (train("cnn-fast", out=tmp_path / str(seed), steps=2, seed=seed, **DATA) for seed in (0, 1))
    weights = [run.models["classifier"].net.state_dict()["decide.weight"] for run in (one, two)]
    assert not torch.equal(*weights)


def test_a_run_without_an_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="give one of them"):
        train("gan-fast", out=tmp_path / "run", steps=1, minutes=1.0, **DATA)
    assert not (tmp_path / "run").exists()


def test_a_classifier_of_other_classes_gives_no_reward() -> None:
    images = replace(load_dataset("sklearn-digits", "test").take(range(64)), classes=tuple("abcdefghij"))
    recipe = override(recipes["gan-fast"], {"reward": "certain-smooth"})
    with pytest.raises(BadInput, match="the classifier that rewards, of mnist, reads other classes"):
        make_training(recipe, Splits(images, images, "mnist"), 0, choose_compute())


def test_who_rewards_can_be_named_and_must_be_where_none_ships() -> None:
    images = load_dataset("sklearn-digits", "test").take(range(64))
    recipe = override(recipes["gan-fast"], {"reward": "certain-smooth", "reward_classifier": "mnist-classifier"})
    splits = Splits(images, images, "scribbles")
    training = make_training(recipe, splits, 0, choose_compute())
    assert isinstance(training, GanTraining) and training.classifier is not None
    with pytest.raises(BadInput, match="name it with --reward-classifier"):
        make_training(replace(recipe, reward_classifier=""), splits, 0, choose_compute())


def test_a_run_that_diverged_says_so_and_is_not_gone_on_with_unawares(tmp_path: Path) -> None:
    asked = {"out": tmp_path / "run", "steps": 50, "data": "sklearn-digits"}
    with pytest.raises(TrainingFailed, match="not a finite number"):
        train("cnn-fast", changes={"rate": 1e9}, **asked)
    assert json.loads((tmp_path / "run" / "run.json").read_text())["status"] == "diverged"
    with pytest.raises(BadInput, match="holds a run that diverged; choose another --out, or delete it"):
        train("cnn-fast", **asked)
