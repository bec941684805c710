"""Those steps of the study that need no training find what arithmetic says."""

import json
from pathlib import Path

import pytest

from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, Verdict
from glyphspace.verbs.studies.frame import QUICK, Bench, Results, studies
from glyphspace.verbs.studies.gan_cnn.improving import _symmetric

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
    names = {step.name for step in STUDY.steps}
    assert all(set(chapter.needs) <= names for chapter in STUDY.chapters)
    assert len({chapter.anchor for chapter in STUDY.chapters}) == len(STUDY.chapters)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    return told(tmp_path_factory.mktemp("study"), "nets", "minimax", "stability")


def test_the_parameter_counts_are_swapped(verdicts: dict[str, Verdict]) -> None:
    assert verdicts["1"].verdict == FAILS
    assert "the other way round" in verdicts["1"].answer
    assert verdicts["1b"].verdict == HOLDS


def test_table_1_has_14_zeros(verdicts: dict[str, Verdict]) -> None:
    assert verdicts["2"].verdict == FAILS
    assert verdicts["2"].parts[0].found.startswith("14 of 32")


def test_the_losses_are_those_of_the_game_and_logits_are_stabler(verdicts: dict[str, Verdict]) -> None:
    assert verdicts["6a"].verdict == HOLDS
    assert verdicts["6b"].verdict == IN_PART
    assert [part.holds for part in verdicts["6b"].parts] == [True, True, False]


def tell(folder: Path, anchor: str, **steps: dict[str, object]) -> Verdict:
    """The first verdict of the chapter that `anchor` names, on made-up numbers."""
    for step, found in steps.items():
        (folder / f"{step}.json").write_text(json.dumps({"found": found}))
        for figure in ("images", "means", "agreement"):
            (folder / f"{step}-{figure}.svg").write_text('<svg width="10pt" height="10pt" xmlns="x"></svg>')
    (chapter,) = (chapter for chapter in STUDY.chapters if chapter.anchor == anchor)
    return next(each for each in chapter.tell(Results(folder)) if isinstance(each, Verdict))


def test_mean_latents_are_told_by_their_class_also_where_one_is_never_drawn(tmp_path: Path) -> None:
    every = {"classes": list("0123456789"), "images": {"mean": {"labels": list(range(10)), "certainty": [1.0] * 10}}}
    every["images"]["mean"]["certainty"][4] = 0.6
    assert tell(tmp_path, "means", means={"runs": [every]}).verdict == HOLDS
    without_2 = {"classes": list("013456789"), "images": {"mean": {"labels": [0, 1, 3, 9, 5, 6, 7, 8, 9]}}}
    without_2["images"]["mean"]["certainty"] = [1.0] * 9
    found = tell(tmp_path, "means", means={"runs": [every, without_2]}).parts
    assert (found[0].found.startswith("8.5"), found[0].holds, found[1].holds) == (True, False, True)
    without_4 = {"classes": ["0"], "images": {"mean": {"labels": [0], "certainty": [1.0]}}}
    assert tell(tmp_path, "means", means={"runs": [without_4]}).parts[1].holds is None


def test_agreement_is_compared_at_certainties_that_every_run_reached(tmp_path: Path) -> None:
    def run(*rates: float) -> dict[str, object]:
        rows = [{"certainty": at, "agreement": rate} for at, rate in zip((0.0, 0.5, 0.98), rates, strict=False)]
        rules = ("nearest mean (MDM)", "MDM asked about its own latents", "commonest class")
        return {
            "agreement with the classifier": dict.fromkeys(rules, rows),
            "distance of latents (rows) to means (columns)": [[1.0, 2.0, None], [2.0, 1.0, None], [None] * 3],
        }

    found = tell(tmp_path, "distances", distances={"runs": [run(0.8, 0.9, 0.1), run(0.8, 0.9)]})
    assert "at a certainty of 0.5" in found.parts[1].says
    assert found.verdict == HOLDS and found.parts[2].found.startswith("0.500")


def test_what_too_few_samples_say_of_symmetry_cannot_be_told() -> None:
    nothing = {"unsure": None, "sure": 0.5, "error": None, "count unsure": 0, "count": 4_000}
    assert _symmetric(nothing).holds is None
    assert _symmetric({**nothing, "unsure": 0.9, "error": 0.01, "count unsure": 9}).holds is True
