"""Those steps of the study that need no training find what arithmetic says."""

from pathlib import Path

import pytest

from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, Verdict
from glyphspace.verbs.studies.frame import QUICK, Bench, Results, studies

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
