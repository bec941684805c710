"""Those steps of the study that need no training find what arithmetic says; claims are told from made-up numbers."""

import json
from pathlib import Path

import pytest
import torch

from glyphspace.core.files import Json
from glyphspace.latent.labelled import LabelledLatents
from glyphspace.report.page import Picture
from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, UNTOLD, Verdict
from glyphspace.training.auxiliary import rewards
from glyphspace.verbs.studies.frame import QUICK, Bench, Results, studies
from glyphspace.verbs.studies.gan_cnn import batch, certainty, improving, means, noises, schooling
from glyphspace.verbs.studies.gan_cnn.rewards import HARD, SMOOTH, _steepest
from glyphspace.verbs.studies.gan_cnn.symmetry import symmetric
from latent.stamps import classifier, generator

STUDY = studies["gan-cnn"]


def told(folder: Path, *steps: str) -> dict[str, Verdict]:
    """The verdicts of the chapters that need these steps, by number."""
    bench = Bench(folder, QUICK, Results(folder / "steps"))
    for step in STUDY.steps:
        if step.name in steps:
            step.measure(bench).save(bench.earlier.folder)
    chapters = [chapter for chapter in STUDY.chapters if set(chapter.needs) <= set(steps)]
    every = [each for chapter in chapters for each in chapter.tell(bench.earlier)]
    return {each.number: each for each in every if isinstance(each, Verdict)}


def test_every_chapter_needs_steps_that_there_are() -> None:
    names = [step.name for step in STUDY.steps]
    assert len(names) == len(set(names))
    assert all(set(chapter.needs) <= set(names) for chapter in STUDY.chapters)
    assert len({chapter.anchor for chapter in STUDY.chapters}) == len(STUDY.chapters)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    return told(tmp_path_factory.mktemp("study"), "nets", "minimax", "stability")


def test_the_parameter_counts_are_swapped(verdicts: dict[str, Verdict]) -> None:
    assert verdicts["1"].verdict == FAILS
    assert "the other way round" in verdicts["1"].answer
    assert verdicts["1b"].verdict == HOLDS
    assert verdicts["1"].basis.seeds == 0


def test_the_losses_are_those_of_the_game_and_logits_are_stabler(verdicts: dict[str, Verdict]) -> None:
    assert verdicts["6a"].verdict == HOLDS
    assert verdicts["6b"].verdict == IN_PART
    assert [part.holds for part in verdicts["6b"].parts] == [True, True, False]


def test_table_1_has_14_zeros_and_ours_stands_beside_it() -> None:
    said = [[1, 1, 1, 1, 0, 1, 0] + 25 * [1]]
    begun = batch._verdict({"setting": "", "whole": False, "said": said})
    assert begun.verdict == FAILS
    assert begun.parts[0].found.startswith("14 of 32")
    alike = [10 * [0] + 22 * [1], 14 * [0] + 18 * [1]]
    whole = batch._verdict({"setting": "", "whole": True, "said": alike})
    assert [part.holds for part in whole.parts] == [False, True]
    assert batch._table(said[0]).rows[0] == ("0 to 6", "1 1 1 1 0 1 0", "1 1 1 1 0 1 0")


@pytest.fixture
def without_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = '<svg width="10pt" height="10pt" xmlns="x"></svg>'
    monkeypatch.setattr(Results, "picture", lambda self, step, figure, alt, caption="": Picture(drawn, alt, caption))


def tell(folder: Path, anchor: str, **steps: object) -> list[Verdict]:
    """The verdicts of the chapter that `anchor` names, on made-up numbers."""
    for step, found in steps.items():
        (folder / f"{step}.json").write_text(json.dumps({"found": found}))
    (chapter,) = (chapter for chapter in STUDY.chapters if chapter.anchor == anchor)
    return [each for each in chapter.tell(Results(folder)) if isinstance(each, Verdict)]


@pytest.mark.usefixtures("without_figures")
def test_mean_latents_are_told_by_their_class_also_where_one_is_never_drawn(tmp_path: Path) -> None:
    def means(*runs: Json) -> Verdict:
        (verdict,) = tell(tmp_path, "means", means={"of": "a generator", "count": 9, "runs": runs})
        return verdict

    every = {"classes": list("0123456789"), "images": {"mean": {"labels": list(range(10)), "certainty": [1.0] * 10}}}
    every["images"]["mean"]["certainty"][4] = 0.6
    assert means(every).verdict == HOLDS
    without_2 = {"classes": list("013456789"), "images": {"mean": {"labels": [0, 1, 3, 9, 5, 6, 7, 8, 9]}}}
    without_2["images"]["mean"]["certainty"] = [1.0] * 9
    found = means(every, without_2)
    assert (found.parts[0].found[:3], [part.holds for part in found.parts]) == ("8.5", [None, True])
    assert found.basis.seeds == 2
    without_4 = {"classes": ["0"], "images": {"mean": {"labels": [0], "certainty": [1.0]}}}
    assert means(without_4).parts[1].holds is None


@pytest.mark.usefixtures("without_figures")
def test_agreement_is_compared_at_certainties_that_every_run_reached(tmp_path: Path) -> None:
    def run(*rates: float) -> dict[str, object]:
        rows = [{"certainty": at, "agreement": rate} for at, rate in zip((0.0, 0.5, 0.98), rates, strict=False)]
        rules = ("nearest mean (MDM)", "MDM asked about its own latents", "commonest class")
        return {
            "agreement with the classifier": dict.fromkeys(rules, rows),
            "distance of latents (rows) to means (columns)": [[1.0, 2.0, None], [2.0, 1.0, None], [None] * 3],
        }

    runs = [run(0.8, 0.9, 0.1), run(0.8, 0.9)]
    (found,) = tell(tmp_path, "distances", distances={"of": "", "count": 9, "runs": runs})
    assert "at a certainty of 0.5" in found.parts[1].says
    assert found.verdict == HOLDS and found.parts[2].found.startswith("0.500")


@pytest.mark.usefixtures("without_figures")
def test_norms_say_how_many_numbers_their_latents_have(tmp_path: Path) -> None:
    run = {"norm of the mean": [1.5, 1.7], "mean norm of the latents": [8.0, 8.0]}
    found = {"of": "", "count": 9, "runs": [run], "norms of 100 numbers": {"normal": 9.97, "uniform": 5.8}}
    (short,) = tell(tmp_path, "norms", means={**found, "z": 64})
    assert [part.holds for part in short.parts] == [False, True, True]
    assert "of latents of 64 numbers" in short.parts[1].found
    assert "have 64 numbers and are 8 long" in short.answer
    (long,) = tell(tmp_path, "norms", means={**found, "z": 100})
    assert "numbers" not in long.answer


def test_symmetry_is_told_where_there_are_samples_of_both_kinds() -> None:
    def run(unsure: float | None, sure: float) -> Json:
        return {"unsure": unsure, "sure": sure, "count unsure": 9, "count": 4_000}

    assert symmetric({"runs": [run(None, 0.5)]}).holds is None
    assert symmetric({"runs": [run(0.9, 0.5)]}).holds is None  # one look
    assert symmetric({"runs": [run(0.9, 0.5), run(0.91, 0.5), run(None, 0.5)]}).holds is True
    assert symmetric({"runs": [run(0.5, 0.9), run(0.51, 0.9)]}).holds is False


def test_a_reward_that_is_a_step_has_no_slope_and_a_smooth_one_has() -> None:
    assert _steepest(rewards[HARD]) == 0
    assert _steepest(rewards[SMOOTH]) > 0.1


def techniques(distances: dict[str, list[float]]) -> Json:
    """Runs of every technique; those that are not named are as good as the recipe as it is."""
    base = [20.0, 20.1, 20.2]
    runs = {
        name: [{"distance": each, "rarest": 0.03, "covered": 10} for each in distances.get(name, base)]
        for name in (improving.BASE, *improving.TECHNIQUES)
    }
    return {"setting": "small nets", "steps": 9, "report's nets": False, "untrained": 250.0, "runs": runs}


def improved(folder: Path, distances: dict[str, list[float]]) -> list[Verdict]:
    looks = [{"unsure": 0.9, "sure": 0.5, "count unsure": 9, "count": 99}, {"unsure": 0.91, "sure": 0.5}]
    looks[1] |= {"count unsure": 9, "count": 99}
    symmetry = {"of": "a generator", "runs": looks}
    found = techniques(distances)
    slopes = {HARD: 0.0, SMOOTH: 0.25}
    return tell(folder, "improving", techniques=found, symmetry=symmetry, rewards=slopes)


@pytest.mark.usefixtures("without_figures")
def test_what_improves_the_gan_is_judged_by_seeds_and_the_hard_reward_by_its_slope(tmp_path: Path) -> None:
    better = {improving.REWARD: [10.0, 10.1, 10.2]}
    claim, question = improved(tmp_path, better)
    assert [part.holds for part in claim.parts] == [True, True, False]
    assert "steepest slope is 0" in claim.answer
    assert (claim.basis.seeds, question.basis.of) == (3, "small nets")
    assert improving.REWARD in question.parts[0].says


@pytest.mark.usefixtures("without_figures")
@pytest.mark.parametrize("base", [[20.0], [158.0, 158.1, 158.2]])
def test_of_one_seed_or_of_nets_that_have_hardly_begun_nothing_is_told(tmp_path: Path, base: list[float]) -> None:
    every = {name: [each / 2 for each in base] for name in improving.TECHNIQUES}
    claim, question = improved(tmp_path, {improving.BASE: base, **every})
    assert [part.holds for part in claim.parts[1:]] == [None, None]
    assert question.verdict == UNTOLD
    assert ("hardly begun" in question.answer) == (len(base) > 1)
    (collapse,) = tell(tmp_path, "collapse", techniques=techniques({improving.BASE: base, **every}))
    assert collapse.parts[1].holds is None


def test_a_certainty_under_the_bound_is_never_written_as_the_bound() -> None:
    sheet = torch.zeros(2, 28, 28, dtype=torch.uint8)
    chances = torch.tensor([[0.9499, 0.0501], [0.04999, 0.95001]])
    some = LabelledLatents(torch.zeros(2, 3), sheet, torch.tensor([0, 1]), chances, ("0", "1"))
    assert certainty._row("", some).captions == ["0.94", "0.95"]


def test_noise_is_drawn_around_the_mean_of_a_class_and_counted_by_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noises, "pairs", lambda bench: [(generator(), classifier())])
    monkeypatch.setattr(noises, "of_pairs", lambda bench: "stamps")
    found = noises._noise(Bench(tmp_path, QUICK, Results(tmp_path)))
    assert set(found.figures) == {"kept", "shaken", "confusion-0.1", "confusion-0.9"}
    assert noises._verdict({**found.numbers, "runs": json.loads(json.dumps(_plain(found.numbers["runs"])))}).parts


def _plain(runs: list[Json]) -> list[Json]:
    return [{where: {name: each.tolist() for name, each in one.items()} for where, one in run.items()} for run in runs]


def test_classifiers_are_compared_by_their_errors(tmp_path: Path) -> None:
    same = [0.95, 0.951, 0.949]
    names = ("all images", "all, augmented", "few images", "few, augmented", "a quarter of the steps",
             "a quarter, 4 times the rate", "confident labels")  # fmt: skip
    accuracy = dict.fromkeys(names, same) | {"few, augmented": [0.97, 0.971, 0.969], "confident labels": [0.9] * 3}
    found = {"accuracy": accuracy, "steps": 300, "scarce steps": 400}
    (verdict,) = tell(tmp_path, "cnn-improving", improvements=found)
    assert [part.holds for part in verdict.parts] == [True, None, None, False]
    assert (verdict.basis.seeds, schooling.SCARCE) == (3, 100)


def test_of_one_class_there_are_no_other_means() -> None:
    assert means._gap([[2.0, None], [None, None]]) is None
    assert means._gap([[1.0, 2.0], [4.0, 1.0]]) == pytest.approx(1 / 3)
