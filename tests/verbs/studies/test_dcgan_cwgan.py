"""Verdicts of the study follow from its figures, and wait where the budget cannot tell."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from glyphspace.core.files import Json
from glyphspace.data import load_dataset
from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, UNTOLD
from glyphspace.training.device import choose_compute
from glyphspace.training.gan import GanTraining
from glyphspace.training.recipes import override, recipes
from glyphspace.training.state import Splits
from glyphspace.verbs.explore.findings import plain
from glyphspace.verbs.studies.dcgan_cwgan.classes import judge_frequencies
from glyphspace.verbs.studies.dcgan_cwgan.collapse import judge_collapse
from glyphspace.verbs.studies.dcgan_cwgan.conditional import judge_conditional
from glyphspace.verbs.studies.dcgan_cwgan.convergence import LEARNS, OWN, STAYS, judge_past
from glyphspace.verbs.studies.dcgan_cwgan.critic import ARMS, CLIPPED_LAYER, PENALTY, arm, judge_critics
from glyphspace.verbs.studies.dcgan_cwgan.dimension import judge_dimensions
from glyphspace.verbs.studies.dcgan_cwgan.gradients import DOCUMENTS, LOSSES, MINIMAX, OTHER, _left, judge_gradients
from glyphspace.verbs.studies.dcgan_cwgan.looking import COPIES, FAULTS, FRESH, HALF, SKEWED, judge_looking
from glyphspace.verbs.studies.dcgan_cwgan.quality import Quality
from glyphspace.verbs.studies.dcgan_cwgan.scarcity import ALL, FEW, REAL, SAME, UNEVEN, judge_scarce
from glyphspace.verbs.studies.dcgan_cwgan.subjects import (
    EARLY,
    FULL_MOMENTS,
    FULL_STEPS,
    MIDDLE,
    QUICK_MOMENTS,
    QUICK_STEPS,
    dcgan,
    dcgan_with_logits,
    settled,
)
from glyphspace.verbs.studies.frame import FULL, QUICK, Bench, Results, studies

STUDY = studies["dcgan-cwgan"]
GOOD = Quality(1.0, 0.9, 0.8, 100, 0.99, 10, (0.1,) * 10, None)


def test_every_chapter_needs_steps_that_there_are() -> None:
    names = [step.name for step in STUDY.steps]
    assert len(names) == len(set(names))
    assert all(set(chapter.needs) <= set(names) for chapter in STUDY.chapters)
    assert len({chapter.anchor for chapter in STUDY.chapters}) == len(STUDY.chapters)


def test_the_full_study_trains_the_documents_recipes_and_the_quick_one_small_nets(tmp_path: Path) -> None:
    quick, full = (Bench(tmp_path, budget, Results(tmp_path)) for budget in (QUICK, FULL))
    assert (dcgan(full).discriminator, dcgan(full, 2).generator) == ("dcgan", "dcgan:z_dim=2")
    assert dcgan_with_logits(full, objective="minimax").discriminator == "dcgan-logits"
    assert dcgan(quick).batch_size < dcgan(full).batch_size
    document, other = arm(full, PENALTY), arm(full, CLIPPED_LAYER)
    assert (document.discriminator, document.penalty, document.clip) == ("cwgan", "wgan-gp", 0.0)
    assert (other.discriminator, other.penalty, other.clip) == ("cwgan-layer-norm", "none", 0.01)
    assert document.data == other.data == "fashion-mnist"


def test_models_are_set_aside_where_they_are_looked_for() -> None:
    assert {MIDDLE, FULL_STEPS} <= set(FULL_MOMENTS)
    assert {EARLY, QUICK_STEPS} <= set(QUICK_MOMENTS)
    assert all(step % 50 == 0 for step in (*FULL_MOMENTS, *QUICK_MOMENTS))


def test_a_run_settles_where_its_last_fifth_is() -> None:
    assert settled(torch.arange(10.0).numpy()) == 8.5


def runs_of_dimensions(few: Quality, many: Quality) -> dict[str, list[Json]]:
    made = {"2": few, "50": replace(GOOD, distance=9.0), "100": GOOD, "500": many}
    jitter = (-0.01, 0.0, 0.01)
    return {
        z_dim: [plain(replace(one, distance=one.distance + by, coverage=one.coverage + by)) for by in jitter]
        for z_dim, one in made.items()
    }


def test_too_many_dimensions_are_told_from_whole_training_alone() -> None:
    few, collapsed = replace(GOOD, coverage=0.1), replace(GOOD, modes=60, classes=8)
    assert judge_dimensions(runs_of_dimensions(few, collapsed), "", whole=True).verdict == HOLDS
    found = judge_dimensions(runs_of_dimensions(few, GOOD), "", whole=True)
    assert [part.holds for part in found.parts] == [True, False, False, True]
    assert judge_dimensions(runs_of_dimensions(few, collapsed), "", whole=False).verdict == UNTOLD
    unread = replace(GOOD, classes=None)
    assert judge_dimensions(runs_of_dimensions(few, unread), "", whole=True).parts[2].holds is None


def frequencies(shares: list[float], p: float) -> Json:
    test = {"statistic": 9.0, "degrees": 9, "p": p}
    run = {"shares": shares, "equal": test, "data": test}
    return {"of": "", "runs": {"normal": [run], "symmetric": [run]}, "data": [0.1] * 10}


def test_nearly_equal_is_one_thing_and_equal_but_for_chance_another() -> None:
    uneven = {"setting": "", "thinned": [0.2, 0.22], "data": 0.2, "whole": True}
    near = [0.095] * 5 + [0.105] * 5
    assert judge_frequencies(frequencies(near, 0.3), uneven).verdict == HOLDS
    found = judge_frequencies(frequencies(near, 1e-9), {**uneven, "whole": False})
    assert [part.holds for part in found.parts] == [True, True, False, None]
    assert "p < 0.0001" in found.parts[2].found
    assert judge_frequencies(frequencies([0.0] * 5 + [0.2] * 5, 1e-9), uneven).parts[0].holds is False


def course(whole: bool, *moments: Quality) -> Json:
    run = [plain(each) for each in moments]
    return {"setting": "", "whole": whole, "steps": list(range(50, 50 * len(run) + 1, 50)), "runs": [run, run]}


def test_collapse_is_told_where_samples_look_like_something() -> None:
    def one(digit: int, modes: int, classes: int = 1, precision: float = 0.5) -> Quality:
        shares = tuple(0.91 if each == digit else 0.01 for each in range(10))
        return replace(GOOD, shares=shares, modes=modes, classes=classes, precision=precision)

    noise = one(8, 1, precision=0.0)
    found = judge_collapse(course(True, noise, one(1, 9), one(7, 20, 4), replace(GOOD, modes=90), GOOD))
    assert [part.holds for part in found.parts] == [True, True, True]
    assert "at step 100 and 100" in found.parts[0].found
    assert judge_collapse(course(False, noise, noise)).verdict == UNTOLD
    begun = judge_collapse(course(False, one(1, 9), one(7, 20, 4), one(3, 30, 6)))
    assert [part.holds for part in begun.parts] == [None, None, True]
    assert begun.verdict == UNTOLD


def test_an_end_is_that_of_the_run_that_it_belongs_to() -> None:
    unreadable = replace(GOOD, precision=0.0, classes=5)
    good, late, bad = (
        [plain(each) for each in moments]
        for moments in (
            (replace(GOOD, classes=5), GOOD),
            (replace(GOOD, classes=6), replace(GOOD, classes=9)),
            (unreadable, unreadable),
        )
    )
    for runs in ([good, late, bad], [bad, late, good], [late, bad, good]):
        assert judge_collapse({**course(True, GOOD, GOOD), "runs": runs}).parts[0].holds is None
    for runs in ([good, good, bad], [bad, good, good]):
        assert judge_collapse({**course(True, GOOD, GOOD), "runs": runs}).parts[0].holds is True


LEARNED = {
    "setting": "a made-up recipe",
    "whole": True,
    "distances": {"minimax, 1": [10.0, 11.0], "minimax, 5": [90.0, 91.0], "non-saturating, 5": [9.0, 9.5]},
}


def test_gradients_are_measured_as_in_training_before_the_first_step_too() -> None:
    digits = load_dataset("sklearn-digits", "train").take(range(256))
    changes = {"generator": "fast:z_dim=8,width=8,depth=0", "batch_size": 16}
    recipe = override(recipes["dcgan-logits"], {**changes, "precision": "float32"})
    training = GanTraining(recipe, Splits(digits, digits, "sklearn-digits"), 0, choose_compute())
    assert any(isinstance(part, torch.nn.BatchNorm2d) for part in training.discriminator.modules())
    first = _left(training, training.splits)
    assert training.discriminator.training and first["norms"] == _left(training, training.splits)["norms"]


def gradients(told: float, left: float) -> Json:
    run = {
        "norms": {MINIMAX: [0.02, 1.0, left], OTHER: [0.02, 1.0, 5.0], DOCUMENTS: [0.02, 1.0, 5.0]},
        "D of generated": [0.5, 0.001],
        "told rightly": [0.5, told],
        "loss": [-0.69, -0.001],
    }
    return {"of": "a made-up generator", "steps": [0, 10, 20], "runs": [run, run]}


def test_gradients_that_vanish_are_told_of_strong_discriminators_alone() -> None:
    assert set(LOSSES) == {MINIMAX, OTHER, DOCUMENTS}
    assert judge_gradients(gradients(0.99, 0.01), LEARNED).verdict == HOLDS
    assert judge_gradients(gradients(0.99, 0.5), LEARNED).verdict == IN_PART
    begun = judge_gradients(gradients(0.99, 0.5), {**LEARNED, "whole": False})
    assert [part.holds for part in begun.parts] == [True, False, None]
    weak = judge_gradients(gradients(0.6, 0.01), {**LEARNED, "whole": False})
    assert weak.verdict == UNTOLD
    assert [part.holds for part in weak.parts] == [None, None, None]


def past(learns: list[float], whole: bool) -> Json:
    def runs(distances: list[float]) -> list[Json]:
        return [{"distances": distances, "accuracy at first": 0.5, "accuracy at the end": 0.7}] * 2

    arms = {LEARNS: runs(learns), STAYS: runs([1.0, 50.0, 100.0]), OWN: runs([1.0, 1.0, 1.0])}
    return {"of": "made up", "setting": "", "whole": whole, "steps": [50, 100], "runs": arms}


def test_junk_ruins_a_generator_and_a_discriminator_that_learns_lets_it_recover() -> None:
    training = {"accuracy": [0.7, 0.71], "setting": ""}
    improving = course(True, replace(GOOD, distance=5.0), GOOD)
    found = judge_past(past([1.0, 3.0, 1.05], whole=True), training, improving)
    assert [part.holds for part in found.parts] == [False, False, True, True, False]
    begun = judge_past(past([1.0, 3.0, 2.0], whole=False), training, improving)
    assert [part.holds for part in begun.parts] == [None, None, True, True, None]


def test_critics_are_compared_after_whole_training_and_their_slopes_before() -> None:
    def runs(slope: float, distance: float, moved: float) -> list[Json]:
        return [{"slope": slope, "distance": distance + 0.01 * seed, "moved": moved} for seed in range(3)]

    made = dict(
        zip(ARMS, (runs(1.1, 10, 0.1), runs(1.0, 5, 0.0), runs(1e-3, 30, 0.3), runs(1e-2, 20, 0.0)), strict=True)
    )
    found = judge_critics({"setting": "", "whole": True, "runs": made})
    assert [part.holds for part in found.parts] == [True, True, True, True, False, False]
    begun = judge_critics({"setting": "", "whole": False, "runs": made})
    assert [part.holds for part in begun.parts] == [None, True, None, None, None, False]


def test_generated_images_help_if_those_of_who_saw_the_same_do() -> None:
    real, more = [0.90, 0.91, 0.905], [0.95, 0.952, 0.949]
    arms = {FEW: {REAL: real, SAME: more, ALL: more}, UNEVEN: {REAL: real, SAME: real, ALL: more}}
    found: Json = {"setting": "", "classifier": "", "whole": True, "accuracy": arms}
    assert [part.holds for part in judge_scarce(found).parts] == [True, None]
    arms[UNEVEN][SAME] = [0.80, 0.81, 0.805]
    assert [part.holds for part in judge_scarce(found).parts] == [True, False]
    assert judge_scarce({**found, "whole": False}).verdict == UNTOLD


def test_a_class_is_drawn_as_asked_if_it_is_named_nearly_as_often_as_real_images() -> None:
    found: Json = {"of": "", "whole": True, "named": [0.9, 0.88], "real": 0.91, "chance": 0.1}
    assert judge_conditional(found).verdict == HOLDS
    assert judge_conditional({**found, "named": [0.6, 0.5]}).verdict == FAILS
    assert judge_conditional({**found, "named": [0.9, 0.5]}).verdict == UNTOLD
    assert judge_conditional({**found, "whole": False}).verdict == UNTOLD


def test_looking_finds_faults_of_images_and_figures_those_of_sets() -> None:
    def runs(distance: float, coverage: float = 0.85, closer: float = 0.01) -> list[Json]:
        return 2 * [{"distance": distance, "precision": 0.92, "coverage": coverage, "closer": closer}]

    sets = {FRESH: runs(0.4), COPIES: runs(0.5, closer=1.0), HALF: runs(3.0, coverage=0.5), SKEWED: runs(2.5)}
    found: Json = {"runs": {**sets, **{name: runs(20.0) for name in FAULTS}}, "power": {"64": 0.2, "2000": 1.0}}
    assert judge_looking(found).verdict == FAILS
    found["runs"]["a dot in a corner"] = runs(1.1)
    assert judge_looking(found).verdict == IN_PART
    assert "a dot in a corner in every image" in judge_looking(found).answer


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_fault_is_in_every_image_and_leaves_the_others_as_they_were(name: str) -> None:
    images = torch.zeros(3, 28, 28, dtype=torch.uint8)
    images[:, 10:18, 13:15] = 255
    before = images.clone()
    assert (FAULTS[name](images) != before).flatten(1).any(1).all()
    assert torch.equal(images, before)
