"""Modes of a generator of stacked digits, as the command counts them."""

import json

import pytest

from glyphspace import evaluate, sample, train
from glyphspace.cli import main
from glyphspace.core.errors import BadInput
from glyphspace.verbs.evaluate_stacked import StackedEvaluation

DATA = "stacked-sklearn-digits"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("stacked") / "run"
    return train("gan-fast", data=DATA, out=out, steps=3, changes={"batch_size": 16})


def test_modes_are_counted_with_a_reader_of_what_is_stacked(run):
    found = evaluate(run.folder, judge_by="mnist-judging", count=300)
    assert isinstance(found, StackedEvaluation)
    assert (found.dataset, found.modes.count, len(found.modes.counts)) == (DATA, 300, 1000)
    assert 1 <= found.modes.covered < 300
    assert found.modes.divergence > found.modes.sampling_divergence > 0.5
    assert [sum(shares) for shares in found.channels] == pytest.approx([1, 1, 1])


def test_the_command_prints_modes_beside_what_sampling_alone_gives(run, capsys):
    words = ["evaluate", str(run.folder), "--judge", "mnist-judging", "--count", "300"]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "modes" in told and "1,000" in told and "sampling alone" in told
    assert main([*words, "--json"]) == 0
    assert sum(json.loads(capsys.readouterr().out)["modes"]["counts"]) == 300


def test_samples_are_labelled_with_their_numbers(run, tmp_path):
    found = sample(run.folder, count=20, classifier="mnist-judging", out=tmp_path / "sheet.png")
    assert found.images.shape == (20, 3, 28, 28) and len(found.classes) == 1000
    assert (tmp_path / "sheet.png").exists()


def test_frames_show_the_channels_side_by_side(run):
    from glyphspace.verbs.frames import load_frames

    assert load_frames(run.folder)[0][1].shape == (64, 28, 84)


def test_a_generator_of_grey_images_has_no_stacked_modes():
    with pytest.raises(BadInput, match="draws grey images"):
        evaluate("digits", data="stacked-mnist", count=100)
