"""Steps of the study that need no training find what arithmetic says; claims are told from made-up numbers."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from glyphspace.nets.model import Model
from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, UNTOLD, Part, Verdict
from glyphspace.verbs.studies.cgan import advantage, classes, embeddings, ingredients, noises, paths, subjects, training
from glyphspace.verbs.studies.frame import FULL, QUICK, Bench, Results, studies
from latent.stamps import classifier, conditional
from latent.untrained import untrained

STUDY = studies["cgan"]


def bench(folder: Path, budget: str = QUICK) -> Bench:
    return Bench(folder, budget, Results(folder / "steps"))


def test_every_chapter_needs_steps_that_there_are() -> None:
    names = {step.name for step in STUDY.steps}
    assert all(set(chapter.needs) <= names for chapter in STUDY.chapters)
    assert len({chapter.anchor for chapter in STUDY.chapters}) == len(STUDY.chapters)


@pytest.mark.parametrize(("last", "holds"), [([9.0, 9.1], True), ([1.03, 1.031], False), ([0.5, 20.0], None)])
def test_a_score_rises_where_it_grows_by_more_than_chance_and_by_a_tenth(last: list[float], holds: bool | None) -> None:
    scores = {0.1: [1.01, 1.011], 15.0: last}
    moments = [{"epoch": epoch, "figures": [{training.SCORE: each} for each in of]} for epoch, of in scores.items()]
    assert training._rises({"moments": moments}, "").holds is holds


def test_the_parameter_counts_are_the_reported_ones(tmp_path: Path) -> None:
    (step,) = (step for step in STUDY.steps if step.name == "nets")
    replace(step.measure(bench(tmp_path)), figures={}).save(tmp_path)
    (chapter,) = (chapter for chapter in STUDY.chapters if chapter.anchor == "nets")
    (verdict,) = (each for each in chapter.tell(Results(tmp_path)) if isinstance(each, Verdict))
    assert (verdict.verdict, len(verdict.parts)) == (HOLDS, 4)


def test_a_whole_run_is_looked_at_where_its_model_was_kept(tmp_path: Path) -> None:
    for recipe in subjects.NAMES:
        *before, end = subjects.moments(bench(tmp_path, FULL), recipe)
        assert all(step % 50 == 0 for step in before)
        assert end == round(subjects.EPOCHS[recipe][-1] * subjects.per_epoch(recipe))
    kept = subjects.moments(bench(tmp_path, FULL), subjects.RESIDUAL)
    assert advantage.EPOCHS * subjects.per_epoch(subjects.RESIDUAL) in kept  # so that 9 is not trained twice


def able(*shares: float) -> dict[str, object]:
    """What the step "classes" found of generators that draw this share of what they are asked for."""
    return {"explored": "a generator", "runs": [{"label as asked": share, "score": 9.5} for share in shares]}


def test_of_a_generator_that_does_not_draw_what_it_is_asked_for_nothing_is_told() -> None:
    parts = (Part("a", "", "1", True), Part("b", "", "2", False))
    assert subjects.only_if_able(able(0.97, 0.95), parts) == parts
    assert [part.holds for part in subjects.only_if_able(able(0.97, 0.3), parts)] == [None, None]
    assert subjects.basis(able(0.97, 0.3)).seeds == 2


def test_untrained_transposed_convolutions_leave_more_of_a_checkerboard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingredients, "UNTRAINED", 4)
    (step,) = (step for step in STUDY.steps if step.name == "untrained")
    found = step.measure(bench(tmp_path)).numbers
    assert min(found["transposed convolution"]) > max(found["resize-convolution"])


def test_every_ingredient_is_changed_alone() -> None:
    made = ingredients._recipes()
    base = made[ingredients.BASE]
    same = {"name", "summary"}
    odd = {
        name: {field for field in vars(base) if getattr(base, field) != getattr(recipe, field)} - same
        for name, recipe in made.items()
    }
    assert odd[ingredients.BASE] == set()
    assert odd["hinge loss"] == {"objective"}
    assert odd["transposed convolutions"] == {"generator"}
    assert odd["Adam β₁ 0"] == {"beta1"}
    assert odd["class projected twice"] == {"discriminator", "auxiliary"}


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (([1, 2, 3, 1], [0.6, 0.7, 0.85, 0.6]), {"first": 0.6, "before": 0.85, "after": 0.6, "top": 3}),
        (([1, 2, 3, 4], [0.6, 0.6, 0.6, 0.6]), None),
        (([1, 1, 1, 1], [0.9, 0.9, 0.9, 0.9]), None),
    ],
)
def test_the_adaptive_advantage_falls_once_the_accuracy_is_high(
    course: tuple[list[float], list[float]], expected: dict[str, float] | None
) -> None:
    assert advantage._fall(dict(zip(("advantage", "accuracy"), course, strict=True))) == expected


def test_an_advantage_that_never_fell_is_told_as_such() -> None:
    flat, grown = {"advantage": [1.0, 1.0, 1.0]}, {"advantage": [1.0, 2.0, 3.0]}
    assert "stayed at 1 for 3 epochs" in advantage._without_fall(flat)
    assert "grew to 3 in 3 epochs" in advantage._without_fall(grown)


def schedules(distance: float, *, whole: bool) -> dict[str, object]:
    def run(name: str, seed: int) -> dict[str, object]:
        grown = {"advantage": [1.0, 2.0, 3.0, 1.0], "accuracy": [0.7, 0.75, 0.81, 0.6]}
        flat = {"advantage": [1.0] * 4, "accuracy": [0.7] * 4}
        nine = distance if name == advantage.NINE else 20.0
        real = {"real": [0.6], "fake": [0.9 if name == advantage.NINE else 0.7]}
        course = grown if name == advantage.ADAPTIVE else flat
        return {**course, **real, "distance": nine + seed / 10, "seconds": 60.0}

    return {"whole": whole, "epochs": 4, "images": 800,
            "runs": {name: [run(name, seed) for seed in range(3)] for name in advantage.SCHEDULES}}  # fmt: skip


def tell(folder: Path, anchor: str, **steps: object) -> list[Verdict]:
    """The verdicts of the chapter that `anchor` names, on made-up numbers; every figure is an empty one."""
    for step, found in steps.items():
        (folder / f"{step.replace('_', '-')}.json").write_text(json.dumps({"found": found}))
    (chapter,) = (chapter for chapter in STUDY.chapters if chapter.anchor == anchor)
    results = Results(folder)
    return [each for each in chapter.tell(results) if isinstance(each, Verdict)]


@pytest.fixture(autouse=True)
def empty_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = '<svg width="10pt" height="10pt" xmlns="x"></svg>'
    monkeypatch.setattr("glyphspace.verbs.studies.frame.read_bytes", lambda path: drawn.encode())


def test_a_larger_advantage_is_judged_by_images_and_only_after_whole_runs(tmp_path: Path) -> None:
    first, proposed = tell(tmp_path, "advantage", advantage=schedules(10.0, whole=True))
    assert first.verdict == HOLDS
    assert "8.5" in first.answer
    assert proposed.verdict == FAILS
    worse, _ = tell(tmp_path, "advantage", advantage=schedules(30.0, whole=True))
    assert worse.verdict == IN_PART
    some = schedules(10.0, whole=True)
    some["runs"][advantage.ADAPTIVE][1] |= {"advantage": [1.0, 2.0, 3.0, 4.0], "accuracy": [0.9, 0.7, 0.5, 0.3]}
    grown, _ = tell(tmp_path, "advantage", advantage=some)
    assert grown.parts[0].holds is None  # one of three never fell
    assert "did not fall" in grown.parts[0].found
    assert {each.verdict for each in tell(tmp_path, "advantage", advantage=schedules(10.0, whole=False))} == {UNTOLD}


def test_the_discriminator_is_judged_by_class_against_table_3(tmp_path: Path) -> None:
    def run(real: float, fake: float) -> dict[str, object]:
        rows = [{"right": {"real": real + of / 40, "fake": fake}} for of in range(10)]
        return {"by class": rows, "real above generated": 0.9}

    found = {"recipe": subjects.RESIDUAL, "steps": 56_250, "whole": True, "sets": [{"train": 0.9, "test": 0.7}] * 3}
    as_reported = {**found, "runs": [run(0.53, 0.91)] * 3}
    (verdict,) = tell(tmp_path, "discriminator", discriminator=as_reported, advantage=schedules(10.0, whole=True))
    assert verdict.parts[0].reported == "9 of 10"
    assert [part.holds for part in verdict.parts] == [True] * 4
    assert "on test images 70.0%" in verdict.answer
    early = {**as_reported, "whole": False, "sets": [{"train": None, "test": None}]}
    (verdict,) = tell(tmp_path, "discriminator", discriminator=early, advantage=schedules(10.0, whole=False))
    assert verdict.verdict == UNTOLD


def run_of(recipe: str, scores: list[float], distances: list[float], *, whole: bool) -> dict[str, object]:
    moments = [
        {"epoch": epoch, "figures": [{"classifier score": s + n / 100, "Fréchet distance": d, "precision": 0.5,
                                      "coverage": 0.5, "label as asked": 0.9} for n in range(3)]}
        for epoch, s, d in zip((5.0, 15.0, 24.0, 30.0), scores, distances, strict=True)
    ]  # fmt: skip
    real = {"classifier score": 9.8, "Fréchet distance": 0.2, "precision": 0.9, "coverage": 0.9}
    return {"epochs": 30.0, "whole": whole, "moments": moments, "real": real, "seconds": [100.0] * 3,
            "images a second": [600.0], "evaluations": [[]]}  # fmt: skip


def test_convergence_is_when_images_stop_improving_and_not_before(tmp_path: Path) -> None:
    def verdict(*distances: float, whole: bool = True) -> Verdict:
        runs = [run_of(name, [2, 5, 8, 9], [float(each) for each in distances], whole=whole) for name in subjects.NAMES]
        (found,) = tell(tmp_path, "training", cgan_reference=runs[0], cgan_resnet=runs[1])
        return found

    assert [part.holds for part in verdict(50, 20, 10, 9.8).parts] == [True, True, None]
    assert [part.holds for part in verdict(50, 40, 20, 10).parts] == [False, True, None]
    assert verdict(50, 20, 10, 9.8, whole=False).verdict == UNTOLD


def test_the_score_says_something_with_features_of_digits(tmp_path: Path) -> None:
    runs = [run_of(name, [2, 5, 8, 9], [4, 3, 2, 1], whole=True) for name in subjects.NAMES]
    explored = able(0.95)
    (verdict,) = tell(tmp_path, "scores", cgan_reference=runs[0], cgan_resnet=runs[1], classes=explored)
    assert verdict.verdict == HOLDS
    assert "0.0017" in verdict.parts[0].found
    flat = [run_of(name, [2, 2, 2, 2], [4, 3, 2, 1], whole=True) for name in subjects.NAMES]
    (verdict,) = tell(tmp_path, "scores", cgan_reference=flat[0], cgan_resnet=flat[1], classes=explored)
    assert [part.holds for part in verdict.parts] == [True, False, False]
    brief = [run_of(name, [1.1, 1.2, 1.2, 1.2], [4, 3, 2, 1], whole=False) for name in subjects.NAMES]
    (verdict,) = tell(tmp_path, "scores", cgan_reference=brief[0], cgan_resnet=brief[1], classes=explored)
    assert verdict.verdict == HOLDS
    (verdict,) = tell(tmp_path, "scores", cgan_reference=brief[0], cgan_resnet=brief[1], classes=able(0.5))
    assert verdict.verdict == UNTOLD


@pytest.fixture(scope="module")
def model() -> Model:
    return untrained("cgan-reference", strength=3, dataset="mnist", z_dim=6)


def test_paths_between_embeddings_keep_z_and_those_within_a_class_keep_the_class(model: Model) -> None:
    between = paths._between(model, 2, 8, 3)
    assert torch.equal(between.path(1).latents, between.path(1).latents[:1].expand(paths.STEPS_OF_PATH, -1))
    within = paths._within(model, 3)
    assert not within.path(0).latents[0].any()
    assert torch.equal(within.path(2).conditions, within.path(2).conditions[:1].expand(paths.STEPS_OF_PATH, -1))
    told = paths._told(between, (2, 8))
    assert set(told["others"]) <= set(model.classes)
    assert (told["through others"] > 0) == bool(told["others"])


def test_embeddings_are_as_far_apart_as_their_numbers_say(model: Model) -> None:
    found = noises._apart(model)
    known = model.net.embed.weight.detach()
    nearest = min(float((known[0] - other).norm()) for other in known[1:])
    assert found["numbers"] == 3
    assert 0 < found["nearest"] <= max(nearest, found["nearest"])
    assert found["deviation"] == pytest.approx(float(known.var(0).mean().sqrt()), rel=1e-5)


def test_noise_and_strange_embeddings_are_told_as_they_were_found() -> None:
    noisy = {noises.Z: [1.0, 1.0, 1.0, 1.0, 0.95, 0.8], noises.EMBEDDING: [1.0, 0.9, 0.8, 0.7, 0.6, 0.3],
             "nearest": 0.5, "deviation": 1.0, "numbers": 3}  # fmt: skip
    assert noises._verdict([noisy], able(0.95)).verdict == HOLDS
    hurt = {**noisy, noises.Z: [1.0, 1.0, 0.9, 0.8, 0.7, 0.6], "nearest": 9.0}
    assert noises._verdict([hurt], able(0.95)).verdict == IN_PART
    assert noises._verdict([noisy], able(0.5)).verdict == UNTOLD

    sure = {"sure": [0.95, 0.3, 0.4, 0.6, 0.8, 0.9, 0.9], "precision": [0.8, 0.5, 0.6, 0.7, 0.5, 0.1, 0.0]}
    assert embeddings._verdict([sure], able(0.95)).verdict == HOLDS
    assert "90% of the images far out" in embeddings._verdict([sure], able(0.95)).answer


def ways(asked: float = 1.0) -> dict[str, object]:
    """Paths as the report has them; those from 3 to 1 begin and end as asked for in this share."""
    way = {"ends as asked": 1.0, "through others": 0.1, "others": {}, "certainty": [1.0, 0.6, 1.0]}
    strays = {**way, "ends as asked": asked, "through others": 0.9, "others": {"9": 0.7, "5": 0.2}}
    return {"within": way, "every": 0.3, "between": {"2 to 8": way, "3 to 1": strays}}


def test_of_paths_whose_ends_are_not_the_classes_asked_for_nothing_is_told() -> None:
    told = paths._verdict([ways()], able(0.95))
    assert told.verdict == HOLDS
    assert "9 on 70%" in told.parts[2].found
    assert [part.holds for part in paths._verdict([ways(), ways(0.5)], able(0.95, 0.95)).parts] == [
        True,
        True,
        None,
        None,
    ]


def test_paths_that_are_surer_in_the_middle_are_no_mixtures() -> None:
    surer = ways()
    for way in surer["between"].values():  # type: ignore[attr-defined]
        way["certainty"] = [0.7, 0.8, 0.99, 0.99, 0.8, 0.7]
    part = paths._verdict([surer], able(0.95)).parts[3]
    assert part.holds is False
    assert "0.70 at the ends and, between them, 0.80 at the least" in part.found


@pytest.mark.parametrize("drawn", ["7777777777", "7777777771", "0124456789"])
def test_a_generator_of_too_few_classes_leaves_the_claim_of_paths_untold(
    drawn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collapsed = conditional()
    collapsed.net.stamps[:] = collapsed.net.stamps[[int(of) for of in drawn]]
    monkeypatch.setattr(paths, "explored", lambda bench: [collapsed])
    monkeypatch.setattr(paths, "reader", classifier)
    (step,) = paths.STEPS
    replace(step.measure(bench(tmp_path)), experiment="paths").save(tmp_path)
    as_asked = sum(of == asked for of, asked in zip(drawn, collapsed.classes, strict=True)) / 10
    (verdict,) = tell(tmp_path, "paths", classes=able(as_asked))
    assert verdict.verdict == UNTOLD
    assert ("no way leads to another" in verdict.answer) == (len(set(drawn)) == 1)


def test_the_image_at_zero_is_nearer_to_the_middle_than_samples_farther_out() -> None:
    real, labels = torch.tensor([[0.0, 0.0], [2.0, 0.0]]), torch.tensor([0, 0])
    seen = torch.tensor([[1.0, 0.5], [1.0, 3.0], [5.0, 0.0], [1.0, 0.1]])
    shares = classes._farther_than(torch.tensor([[1.0, 0.2]]), seen, torch.zeros(4, dtype=torch.int64), real, labels)
    assert shares == [0.75]
