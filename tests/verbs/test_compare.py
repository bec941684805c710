"""Comparisons of tiny recipes on digits that need no network."""

import copy
import json
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from glyphspace import compare, train
from glyphspace.cli import main
from glyphspace.core.errors import BadInput, TrainingFailed
from glyphspace.core.pictures import save_png
from glyphspace.data import load_dataset
from glyphspace.training import loop
from glyphspace.training.recipes import Recipe, override, recipes
from glyphspace.verbs import compare_run
from glyphspace.verbs.compare_run import RESULT
from glyphspace.verbs.train import Run

SMALL = {"generator": "fast:z_dim=8,width=8", "discriminator": "fast:width=4", "batch_size": 16}
ONE = override(recipes["gan-fast"], SMALL)
TWO = override(recipes["gan-reference"], {**SMALL, "objective": "hinge"})
CNN = override(recipes["cnn-fast"], {"classifier": "fast:width=4", "batch_size": 16})
ASKED = {"data": "sklearn-digits", "minutes": 0.01, "count": 100, "threads": 1}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A network that kept 200 training images back."""
    changes = {"batch_size": 32, "classifier": "fast:width=4", "hold_out": 200}
    return train(
        "cnn-fast", data="sklearn-digits", out=tmp_path_factory.mktemp("judge") / "run", steps=60, changes=changes
    )


@pytest.fixture(autouse=True)
def _closely_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "LOOK_EVERY", 1)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_recipe_is_trained_from_each_seed_and_measured(judge: Run, tmp_path: Path) -> None:
    found = compare([ONE, TWO], seeds=2, judge_by=judge.folder, out=tmp_path / "out", **ASKED)
    assert found.page == tmp_path / "out" / "compare.html"
    assert [path.name for path in found.runs.values()] == [
        "gan-fast-0",
        "gan-reference-0",
        "gan-fast-1",
        "gan-reference-1",
    ]
    assert all((path / "generator.safetensors").is_file() for path in found.runs.values())
    for rival in found.comparison.rivals:
        assert len(rival.values("Fréchet distance")) == 2
        assert rival.values("Fréchet distance").min() > found.comparison.floor["Fréchet distance"]
        assert 0 < rival.values("clusters covered").max() < found.comparison.floor["clusters covered"]
        for entry in rival.entries:
            assert (np.diff(entry.course.seconds) >= 0).all()
            assert entry.course.images[-1] == entry.images
            assert entry.seconds < 60 * ASKED["minutes"] + 5
    before = contents(tmp_path / "out")
    compare([ONE, TWO], seeds=2, judge_by=judge.folder, out=tmp_path / "out", **ASKED)
    assert contents(tmp_path / "out") == before


def test_it_goes_on_where_it_was_interrupted(judge: Run, tmp_path: Path) -> None:
    asked = {**ASKED, "judge_by": judge.folder, "out": tmp_path / "out", "seeds": 1}
    answers = iter([False, True])
    stopped = compare([ONE, TWO], interrupted=lambda: next(answers, True), **asked)
    assert stopped.page is stopped.comparison is None
    assert json.loads((stopped.runs["gan-fast", 0] / "run.json").read_text())["status"] == "interrupted"
    assert not stopped.runs["gan-reference", 0].exists()
    went_on = compare([ONE, TWO], **asked)
    assert all(len(rival.values("coverage")) == 1 for rival in went_on.comparison.rivals)


@pytest.mark.parametrize("left", ["{}", '{"figures": 3, "glance": 1.0}', "{"])
def test_a_floor_that_is_damaged_is_measured_again(left: str, judge: Run, tmp_path: Path) -> None:
    asked = {**ASKED, "judge_by": judge.folder, "out": tmp_path / "out", "seeds": 1}
    done = compare([ONE], **asked)
    (tmp_path / "out" / "floor.json").write_text(left)
    assert compare([ONE], **asked).comparison.floor == done.comparison.floor


def test_a_floor_of_another_comparison_is_not_believed(judge: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "floor.json").write_text('{"figures": {"Fréchet distance": 0.5}, "glance": 0.25}')
    found = compare([ONE], **{**ASKED, "judge_by": judge.folder, "out": tmp_path / "out", "seeds": 1})
    assert found.comparison.floor["Fréchet distance"] != 0.5


def test_the_command_on_the_page_goes_on(judge: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {**ASKED, "data": "little=sklearn-digits", "judge_by": judge.folder, "out": tmp_path / "out", "seeds": 1}
    done = compare(["gan-fast"], **asked)
    command = shlex.split(done.comparison.command)
    before = contents(tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    assert main(command[1:]) == 0
    assert contents(tmp_path / "out") == before


def test_a_run_that_was_killed_while_it_was_measured_is_measured_again(judge: Run, tmp_path: Path) -> None:
    asked = {**ASKED, "judge_by": judge.folder, "out": tmp_path / "out", "seeds": 1}
    first = compare([ONE], **asked)
    result = first.runs["gan-fast", 0] / RESULT
    before = result.read_bytes()
    result.unlink()
    (first.runs["gan-fast", 0] / f".{RESULT}.1234.part").write_text("half of it")
    compare([ONE], **asked)
    again, was = (json.loads(text) for text in (result.read_bytes(), before))
    assert again["figures"] == was["figures"]


def test_a_run_that_diverges_counts_as_failed(judge: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = compare_run.train

    def fails(recipe, **asked):
        if recipe.objective == "hinge" and asked["seed"] == 1:
            raise TrainingFailed("generator_loss is not a finite number at step 3; try a lower learning rate")
        return honest(recipe, **asked)

    monkeypatch.setattr(compare_run, "train", fails)
    found = compare([ONE, TWO], seeds=2, judge_by=judge.folder, out=tmp_path / "out", **ASKED).comparison
    assert [len(rival.failed) for rival in found.rivals] == [0, 1]
    assert "it diverged" in found.rivals[1].failed[0].failure
    assert len(found.rivals[1].values("Fréchet distance")) == 1


def test_a_run_whose_time_is_over_before_its_first_step_counts_as_failed(
    judge: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = compare_run.train

    def slow(recipe, **asked):
        return honest(recipe, **{**asked, "minutes": 1e-9} if recipe.objective == "hinge" else asked)

    monkeypatch.setattr(compare_run, "train", slow)
    found = compare([ONE, TWO], seeds=1, judge_by=judge.folder, out=tmp_path / "out", **ASKED).comparison
    failures = [[entry.failure for entry in rival.failed] for rival in found.rivals]
    assert failures == [[], ["its time was over before its first step"]]


def test_held_out_images_are_measured_on_by_a_network_that_did_not_see_them(judge: Run, tmp_path: Path) -> None:
    found = compare([ONE], seeds=1, hold_out=200, judge_by=judge.folder, out=tmp_path / "out", **ASKED).comparison
    assert found.measured_on == "200 held-out training images"
    with pytest.raises(BadInput, match="trained on some of the 300"):
        compare([ONE], seeds=1, hold_out=300, judge_by=judge.folder, out=tmp_path / "other", **ASKED)


def test_classifiers_whose_schedule_must_know_its_end_are_timed_first(tmp_path: Path) -> None:
    found = compare([CNN], seeds=2, out=tmp_path / "out", **{**ASKED, "minutes": 0.01})
    steps = json.loads((tmp_path / "out" / "steps.json").read_text())["cnn-fast"]
    assert [entry.steps for entry in found.comparison.rivals[0].entries] == [steps, steps]
    assert found.comparison.quantities[0].name == "error"
    assert len(found.comparison.rivals[0].values("error")) == 2


def test_another_budget_in_the_same_folder_is_refused(judge: Run, tmp_path: Path) -> None:
    asked = {**ASKED, "judge_by": judge.folder, "out": tmp_path / "out", "seeds": 1}
    compare([ONE], **asked)
    with pytest.raises(BadInput, match=r"with minutes 0.01, not 0.02"):
        compare([ONE], **{**asked, "minutes": 0.02})
    more = compare([ONE, TWO], **{**asked, "seeds": 2}).comparison
    assert [len(rival.entries) for rival in more.rivals] == [2, 2]


def test_another_recipe_of_the_same_name_or_another_network_in_the_same_folder_is_refused(
    judge: Run, tmp_path: Path
) -> None:
    asked = {**ASKED, "judge_by": judge.folder, "out": tmp_path / "out", "seeds": 1}
    compare([ONE], **asked)
    with pytest.raises(BadInput, match="holds runs of another gan-fast, with batch size 16, not 32"):
        compare([override(ONE, {"batch_size": 32})], **asked)
    retrained = copy.deepcopy(judge.models["classifier"])
    with torch.no_grad():
        next(retrained.net.parameters()).mul_(2)
    with pytest.raises(BadInput, match=r"with network 'a judging network .*, not 'a judging"):
        compare([ONE], **{**asked, "judge_by": retrained})
    settings = tmp_path / "out" / "compare.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "of a later version": 1}))
    with pytest.raises(BadInput, match="with of a later version 1, not None"):
        compare([ONE], **asked)


def test_a_network_that_does_not_say_what_it_kept_back_measures_nothing_held_out(judge: Run, tmp_path: Path) -> None:
    silent = replace(judge.models["classifier"], recipe={})
    with pytest.raises(BadInput, match="may have been trained on those"):
        compare([ONE], seeds=1, hold_out=200, judge_by=silent, out=tmp_path / "out", **ASKED)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"recipes": ["gan-fast", "cnn-fast"]}, "one kind"),
        ({"recipes": ["gan-fast", "gan-fast"]}, "called gan-fast"),
        ({"minutes": 0.0}, "more than 0 minutes"),
        ({"seeds": 0}, "1 seed"),
        ({"recipes": ["stacked-fast"], "data": "three=stacked-sklearn-digits"}, "give it as --data stacked-NAME"),
        (
            {"recipes": ["stacked-fast"], "data": "stacked-sklearn-digits"},
            "no judging network of sklearn-digits images ships",
        ),
        ({"judge_by": "fashion-judging"}, "knows the classes of fashion-mnist, and sklearn-digits/test has others"),
        ({"recipes": ["gan-fats"]}, "did you mean gan-fast"),
        ({"hold_out": 100_000}, "cannot be taken"),
    ],
)
def test_what_cannot_be_compared_is_refused(asked: dict[str, object], words: str, tmp_path: Path) -> None:
    given = {"recipes": [ONE], "minutes": 0.01, "data": "sklearn-digits", "out": tmp_path / "out", **asked}
    with pytest.raises(BadInput, match=words):
        compare(given.pop("recipes"), **given)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("unfit", "asked", "words"),
    [
        (override(TWO, {"objective": "minimax-bce"}), {}, "is of probabilities, and the discriminator"),
        (override(TWO, {"generator": "fast:width=eight"}), {}, "width"),
        (override(TWO, {"batch_size": 5000}), {}, "a batch of 5000 cannot be made"),
        (override(TWO, {"precision": "float8"}), {}, "precision"),
        (override(TWO, {"reward": "certain", "reward_classifier": "fashion-classifier"}), {}, "reads other classes"),
        (recipes["gan-reference"], {"data": "stacked-sklearn-digits"}, "'reference' is for grey images"),
        (TWO, {"device": "quantum"}, "is not to be had here"),
        (override(recipes["cnn-reference"], {"optimizer": "lion"}), {"recipe": CNN}, "optimizer"),
        (override(recipes["cnn-reference"], {"teacher": "fashion-classifier"}), {"recipe": CNN}, "other classes"),
    ],
)
def test_a_recipe_that_cannot_be_trained_is_refused_before_any_is(
    unfit: Recipe, asked: dict[str, object], words: str, tmp_path: Path
) -> None:
    given = {"data": "sklearn-digits", **({} if "recipe" in asked else {"judge_by": "mnist-judging"}), **asked}
    fit = given.pop("recipe", ONE)
    with pytest.raises(BadInput, match=words):
        compare([fit, unfit], minutes=1.0, out=tmp_path / "out", **given)
    assert not (tmp_path / "out").exists()


def test_each_recipe_is_checked_with_the_images_that_its_own_teacher_confirms(judge: Run, tmp_path: Path) -> None:
    asked = {"minutes": 1.0, "data": "sklearn-digits", "out": tmp_path / "out", "interrupted": lambda: True}
    plain = override(CNN, {"schedule": "constant", "batch_size": 1437})  # all of the training images
    strict = override(plain, {"teacher": str(judge.folder)})
    with pytest.raises(BadInput, match="a batch of 1437 cannot be made"):
        compare([plain, replace(strict, name="strict")], **asked)
    assert compare([replace(override(strict, {"batch_size": 16}), name="strict"), plain], **asked).runs


def test_too_few_training_images_for_a_floor_are_told_before_anything_is_trained(judge: Run, tmp_path: Path) -> None:
    digits = load_dataset("sklearn-digits", "test")
    for split, first, last in (("train", 0, 1), ("test", 6, 18)):
        for label, name in enumerate(digits.classes):
            (tmp_path / "few" / split / name).mkdir(parents=True)
            for number, image in enumerate(digits.images[digits.labels == label][first:last].numpy()):
                save_png(tmp_path / "few" / split / name / f"{number}.png", image)
    asked = {**ASKED, "data": str(tmp_path / "few"), "judge_by": judge.folder}
    with pytest.raises(BadInput, match="fake features have 10 rows"):
        compare([override(ONE, {"batch_size": 4})], out=tmp_path / "out", **asked)
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").iterdir())
