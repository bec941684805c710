"""The verb that measures: every figure beside its floor, and nothing measured twice differently."""

import json
from pathlib import Path

import pytest
import torch

from glyphspace import evaluate, train
from glyphspace.cli import main
from glyphspace.core.errors import BadInput
from glyphspace.data import load_dataset
from glyphspace.verbs.evaluate import as_json, asked_for
from glyphspace.verbs.train import Run

DATA = "sklearn-digits"


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("judge") / "run"
    return train("cnn-fast", data=DATA, out=out, epochs=3.0, changes={"batch_size": 32})


@pytest.fixture(scope="module")
def gan(tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("gan") / "run"
    return train("gan-fast", data=DATA, out=out, steps=5, changes={"batch_size": 16})


def test_a_classifier_is_measured_on_the_test_images(judge: Run) -> None:
    found = evaluate(judge.folder)
    assert found.count == 360
    assert found.accuracy > 0.8
    assert sum(map(sum, found.confusion)) == 360
    assert found.accuracy == pytest.approx(sum(found.confusion[i][i] for i in range(10)) / 360)


def test_five_steps_make_noise_and_the_floor_is_far_below_it(judge: Run, gan: Run) -> None:
    found = evaluate(gan.folder, judge_by=judge.folder, count=360)
    assert found.judgement.frechet > 11 * found.floor.frechet
    assert found.network_accuracy == pytest.approx(evaluate(judge.folder).accuracy)
    assert found.judgement.manifold.coverage < found.floor.manifold.coverage
    assert found.discriminator is not None
    assert len(found.discriminator_by_class) == 10


def test_an_evaluation_is_a_function_of_model_and_seed(judge: Run, gan: Run) -> None:
    one, two = (as_json(evaluate(gan.folder, judge_by=judge.folder, count=100, seed=3)) for _ in range(2))
    assert one == two
    other = as_json(evaluate(gan.folder, judge_by=judge.folder, count=100, seed=4))
    assert other["judgement"] != one["judgement"]
    assert other["floor"] == one["floor"]


def test_a_floor_is_of_as_many_images_as_were_generated(judge: Run, gan: Run) -> None:
    few, all_of_them, more = (evaluate(gan.folder, judge_by=judge.folder, count=count) for count in (60, 360, 1000))
    assert (few.floor.fake_count, all_of_them.floor.fake_count) == (60, 360)
    assert few.floor.manifold.coverage < all_of_them.floor.manifold.coverage
    assert few.floor.frechet > all_of_them.floor.frechet
    assert few.floor.classes is not None and few.floor.classes.label_accuracy is not None
    assert (more.floor, more.test_modes) == (all_of_them.floor, all_of_them.test_modes)  # there are no more


def test_json_holds_every_figure(judge: Run, gan: Run, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("evaluate", gan.folder, "--judge", judge.folder, "--count", "60", "--json")
    assert main([str(word) for word in words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"frechet", "kernel", "manifold", "classes", "memorisation"} <= set(found["judgement"])
    assert set(found["judgement"]) == set(found["floor"])


def test_a_dataset_without_a_judge_says_how_to_train_one(gan: Run) -> None:
    with pytest.raises(BadInput, match=f"glyphspace train features-judging --data {DATA}"):
        evaluate(gan.folder)


def test_a_handful_of_images_is_not_judged(judge: Run, gan: Run, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="at least 20"):
        evaluate(gan.folder, judge_by=judge.folder, count=5)


def test_a_discriminator_that_gives_probabilities_is_undecided_at_a_half(
    judge: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("dcgan") / "run"
    run = train("dcgan", data=DATA, out=out, steps=3, changes={"batch_size": 16})
    found = evaluate(run.folder, judge_by=judge.folder, count=60)
    assert found.discriminator is not None
    assert found.discriminator.fake > 0  # every probability is above 0


def test_a_conditional_generator_is_asked_for_classes_as_often_as_test_images_have_them(
    judge: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("cgan") / "run"
    changes = {"generator": "conditional:z_dim=8,width=8", "discriminator": "projection:width=4", "batch_size": 16}
    run = train("gan-fast", data=DATA, out=out, steps=3, changes=changes)
    found = evaluate(run.folder, judge_by=judge.folder, count=360)
    assert found.judgement.classes is not None and found.judgement.classes.label_accuracy is not None
    test = load_dataset(DATA, "test")
    asked, conditions = asked_for(run.models["generator"], test, 360)
    assert torch.equal(torch.bincount(asked), test.class_counts())
    assert torch.equal(conditions, run.models["generator"].net.embed(asked))
    assert asked_for(run.models["generator"], test, 1000)[0].unique().numel() == 10


def test_what_nothing_is_generated_for_is_refused(judge: Run, tmp_path: Path) -> None:
    for idle in ({"judge_by": judge.folder}, {"count": 50}):
        with pytest.raises(BadInput, match="measured by its own accuracy"):
            evaluate(judge.folder, **idle)
