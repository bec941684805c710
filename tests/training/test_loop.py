import os
import signal
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from glyphspace.core.errors import BadInput, TrainingFailed
from glyphspace.training import loop
from glyphspace.training.interrupt import listening
from glyphspace.training.loop import Stop, Watcher, is_collapsed, train
from glyphspace.training.recipes import override, recipes
from glyphspace.training.run import RunFolder
from glyphspace.training.state import state

from .conftest import CNN, GAN

BOTH = pytest.mark.parametrize("recipe", [GAN, CNN], ids=lambda recipe: recipe.name)

OF_GREY_IMAGES = [name for name, recipe in recipes.items() if "channels" not in getattr(recipe, "generator", "")]


class Killed(BaseException):
    """What a kill leaves is what a folder holds when this is raised."""


def killed_after(steps):
    """A watcher that kills the run once it has taken so many steps."""
    asked = 0

    def ask():
        nonlocal asked
        asked += 1
        if asked > steps:
            raise Killed
        return False

    return Watcher(interrupted=ask)


def interrupted_after(steps):
    answers = iter([False] * steps)
    return Watcher(interrupted=lambda: next(answers, True))


def assert_same(ours, theirs, one, two):
    """Weights, optimisers, figures but for the seconds, and evaluations, to the bit."""
    first, second = state(ours.parts), state(theirs.parts)
    assert first.keys() == second.keys()
    assert [name for name in first if not torch.equal(first[name], second[name])] == []
    assert torch.equal(one.history.rows()[:, :-1], two.history.rows()[:, :-1])
    assert one.history.evaluations == two.history.evaluations
    assert one.step == two.step


@BOTH
@pytest.mark.parametrize("kills", [(1,), (12,), (3, 8, 6)])
@pytest.mark.parametrize("every", [0.0, 0.02])
def test_a_run_that_is_killed_and_resumed_ends_with_the_same_bits(make, tmp_path, recipe, kills, every):
    whole = train(undisturbed := make(recipe), Stop(steps=23), RunFolder(tmp_path / "whole"), Watcher())
    for steps in kills:
        with pytest.raises(Killed):
            train(make(recipe), Stop(steps=23), RunFolder(tmp_path / "cut"), killed_after(steps), every)
    resumed = train(training := make(recipe), Stop(steps=23), RunFolder(tmp_path / "cut"), Watcher())
    assert_same(undisturbed, training, whole, resumed)


@pytest.mark.parametrize("name", OF_GREY_IMAGES)
def test_every_recipe_resumes_to_the_bit(make, tmp_path, name):
    recipe = override(recipes[name], {"batch_size": 8})
    whole = train(undisturbed := make(recipe), Stop(steps=5), RunFolder(tmp_path / "whole"), Watcher())
    part = train(make(recipe), Stop(steps=5), RunFolder(tmp_path / "cut"), interrupted_after(3))
    assert (part.step, part.finished) == (3, False)
    resumed = train(training := make(recipe), Stop(steps=5), RunFolder(tmp_path / "cut"), Watcher())
    assert_same(undisturbed, training, whole, resumed)


@pytest.mark.parametrize("discriminator", ["reference", "fast-spectral:width=4"])
def test_dropout_and_spectral_norms_resume_to_the_bit(make, tmp_path, discriminator):
    recipe = replace(GAN, discriminator=discriminator, penalty="r1")
    whole = train(undisturbed := make(recipe), Stop(steps=6), RunFolder(tmp_path / "whole"), Watcher())
    train(make(recipe), Stop(steps=6), RunFolder(tmp_path / "cut"), interrupted_after(2))
    resumed = train(training := make(recipe), Stop(steps=6), RunFolder(tmp_path / "cut"), Watcher())
    assert_same(undisturbed, training, whole, resumed)


def test_a_finished_run_is_resumed_without_a_step(make, tmp_path):
    first = train(training := make(GAN), Stop(steps=3), RunFolder(tmp_path), Watcher())
    again = train(other := make(GAN), Stop(steps=3), RunFolder(tmp_path), Watcher())
    assert_same(training, other, first, again)
    assert again.finished


def test_a_run_goes_on_to_a_later_end(make, tmp_path):
    train(make(GAN), Stop(steps=3), RunFolder(tmp_path / "cut"), Watcher())
    further = train(training := make(GAN), Stop(steps=7), RunFolder(tmp_path / "cut"), Watcher())
    whole = train(undisturbed := make(GAN), Stop(steps=7), RunFolder(tmp_path / "whole"), Watcher())
    assert_same(undisturbed, training, whole, further)


@pytest.mark.usefixtures("in_the_foreground")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_the_step_and_saves(make, tmp_path, number):
    def advance(step, done):
        if step == 4:
            os.kill(os.getpid(), number)
        return type(training).advance(training, step, done)

    training = make(CNN)
    training.advance = advance
    with listening() as interrupted:
        outcome = train(training, Stop(steps=20), RunFolder(tmp_path), Watcher(interrupted=interrupted))
    assert (outcome.step, outcome.finished) == (5, False)
    assert RunFolder(tmp_path).load_checkpoint()[1]["step"] == 5
    assert train(make(CNN), Stop(steps=20), RunFolder(tmp_path), Watcher()).step == 20


def test_minutes_end_a_run_and_the_step_they_ran_out_at_repeats_it(make, tmp_path):
    timed = train(clocked := make(GAN), Stop(minutes=0.01), RunFolder(tmp_path / "clock"), Watcher())
    assert timed.finished
    assert timed.seconds >= 0.6
    assert timed.step > 0
    counted = train(training := make(GAN), Stop(steps=timed.step), RunFolder(tmp_path / "steps"), Watcher())
    assert_same(clocked, training, timed, counted)


def test_minutes_count_over_all_parts_of_a_run(make, tmp_path):
    train(make(CNN), Stop(minutes=0.005), RunFolder(tmp_path), Watcher())
    before = RunFolder(tmp_path).load_checkpoint()[1]
    assert before["seconds"] >= 0.3
    again = train(make(CNN), Stop(minutes=0.005), RunFolder(tmp_path), Watcher())
    assert again.step == before["step"]


@BOTH
def test_a_loss_that_is_no_number_stops_the_run_in_one_line_and_leaves_the_last_good_checkpoint(make, tmp_path, recipe):
    train(make(recipe), Stop(steps=2), RunFolder(tmp_path), Watcher())
    before = (tmp_path / "checkpoint.safetensors").read_bytes()
    training = make(recipe)
    net = next(iter(training.parts.values()))
    training.batches.at = lambda step, at=training.batches.at: (spoil(net, step), at(step))[1]
    with pytest.raises(TrainingFailed, match=r"^\w+ is not a finite number at step 5; try a lower learning rate$"):
        train(training, Stop(steps=10), RunFolder(tmp_path), Watcher())
    assert (tmp_path / "checkpoint.safetensors").read_bytes() == before


@torch.no_grad()
def spoil(net, step):
    """From step 4 on, counted from 0, a weight is no number."""
    if step >= 4:
        next(net.parameters()).fill_(float("nan"))


def test_the_alarm_comes_within_fifty_steps(make, tmp_path):
    training = make(CNN)
    training.batches.at = lambda step, at=training.batches.at: (spoil(training.classifier, step), at(step))[1]
    seen = []
    with pytest.raises(TrainingFailed, match="at step 5;"):
        train(training, Stop(steps=1000), RunFolder(tmp_path), Watcher(progress=lambda *a: seen.append(a)))
    assert not seen


def test_the_watcher_is_told_of_progress_evaluations_sheets_and_figures(make, tmp_path):
    progress, evaluations, sheets, rows = [], [], [], []
    watcher = Watcher(
        progress=lambda done, total, note="": progress.append((done, total, note)),
        evaluated=lambda step, found: evaluations.append((step, found["epoch"])),
        drawn=lambda step, images: sheets.append((step, tuple(images.shape))),
        stepped=lambda step, figures: rows.append((step, tuple(figures.shape))),
    )
    outcome = train(make(replace(GAN, batch_size=4)), Stop(steps=90), RunFolder(tmp_path), watcher)
    assert [(done, total) for done, total, _ in progress] == [(50, 90)]
    assert progress[0][2].endswith("images/s")
    assert evaluations == [(80, 2.0)]
    assert sheets == [(step, (64, 28, 28)) for step in (0, 25, 50, 80, 90)]
    assert rows == [(50, (50, 6)), (90, (40, 6))]
    assert outcome.history.columns[-1] == "seconds"
    assert (outcome.history.column("seconds") > 0).all()


def test_of_few_images_not_every_epoch_is_evaluated_but_the_last_is(make, tmp_path):
    evaluated = []
    watcher = Watcher(evaluated=lambda step, found: evaluated.append((step, found["epoch"])))
    train(make(replace(CNN, batch_size=80)), Stop(steps=116), RunFolder(tmp_path), watcher)  # two steps an epoch
    assert evaluated == [(50, 25.0), (100, 50.0), (116, 58.0)]


def test_progress_tells_of_time_where_time_ends_the_run(make, tmp_path):
    told = []
    watcher = Watcher(
        progress=lambda done, total, note="": told.append((done, total)), interrupted=lambda: len(told) > 0
    )
    train(make(CNN), Stop(minutes=10.0), RunFolder(tmp_path), watcher)
    assert told[0][1] == 600


def test_sheets_are_drawn_often_at_first_and_then_once_an_epoch():
    assert [step for step in range(1, 3001) if loop._is_frame(step, 1000)] == [
        *(25, 50, 100, 200, 400, 800, 1000, 2000, 3000)
    ]


@pytest.mark.parametrize("spoiled", ["step", "seconds", "evaluations", "history", "weights"])
def test_a_checkpoint_that_is_not_whole_is_refused_in_one_line(make, tmp_path, spoiled):
    folder = RunFolder(tmp_path)
    train(make(CNN), Stop(steps=2), folder, Watcher())
    tensors, header = folder.load_checkpoint()
    if spoiled in header:
        header[spoiled] = "x"
    elif spoiled == "history":
        tensors["history"] = tensors["history"][:1]
    else:
        del tensors["classifier/decide.bias"]
    folder.save_checkpoint(tensors, header)
    with pytest.raises(BadInput, match=r"holds a checkpoint that is not whole|does not fit the classifier"):
        train(make(CNN), Stop(steps=4), folder, Watcher())


def test_a_checkpoint_that_cannot_be_written_is_told_in_one_line(make, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match=r"cannot write .*file is not a folder"):
        train(make(CNN), Stop(steps=1), RunFolder(tmp_path / "file"), Watcher())


def test_samples_that_are_all_alike_have_collapsed(splits):
    real = splits.train.images[:64]
    assert not is_collapsed(real, real)
    assert is_collapsed(real[:1].expand(64, 28, 28).clone(), real)
    assert is_collapsed(torch.zeros(64, 28, 28, dtype=torch.uint8), real)


def test_a_visitor_sees_the_training_and_takes_none_of_its_time(make, tmp_path, monkeypatch):
    seen, waited = [], [0.0]
    monkeypatch.setattr(loop, "time", SimpleNamespace(perf_counter=lambda: time.perf_counter() + sum(waited)))

    def visit(step, seconds, training):
        seen.append((step, seconds, [model.kind for model in training.models()]))
        waited.append(1e6)

    outcome = train(make(GAN), Stop(steps=100), RunFolder(tmp_path / "run"), Watcher(visited=visit))
    assert [(step, kinds) for step, _, kinds in seen] == [(at, ["generator", "discriminator"]) for at in (50, 100)]
    assert seen[1][1] <= outcome.seconds < 1e6
