"""The study's chapters need steps that there are, and a verdict waits for what it speaks of."""

from glyphspace.report.verdict import HOLDS, UNTOLD
from glyphspace.verbs.studies.dcgan_cwgan.gradients import DOCUMENTS, LOSSES, MINIMAX, OTHER, judge_gradients
from glyphspace.verbs.studies.frame import studies

STUDY = studies["dcgan-cwgan"]
LEARNED = {
    "setting": "a made-up recipe",
    "distances": {"minimax, 1": [10.0, 11.0], "minimax, 5": [90.0, 91.0], "non-saturating, 5": [9.0, 9.5]},
}


def made_up(told: float, d: float, left: float) -> dict[str, object]:
    run = {
        "norms": {MINIMAX: [1.0, left], OTHER: [1.0, left], DOCUMENTS: [1.0, left]},
        "D of generated": [0.5, d],
        "told rightly": [0.5, told],
        "loss": [-0.69, -0.001],
    }
    return {"of": "a made-up generator", "runs": [run, run]}


def test_every_chapter_needs_steps_that_there_are() -> None:
    names = [step.name for step in STUDY.steps]
    assert len(names) == len(set(names))
    assert all(set(chapter.needs) <= set(names) for chapter in STUDY.chapters)
    assert set(LOSSES) == {MINIMAX, OTHER, DOCUMENTS}


def test_gradients_that_vanish_are_told_of_strong_discriminators_alone() -> None:
    strong, weak = (judge_gradients(made_up(told, 0.001, 0.01), LEARNED) for told in (0.99, 0.6))
    assert strong.verdict == HOLDS
    assert [part.holds for part in weak.parts[:3]] == [None, None, None]
    assert weak.verdict == UNTOLD
