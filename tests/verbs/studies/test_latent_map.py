"""Those steps of the study that are arithmetic find what arithmetic says; the maps are told from made-up numbers."""

import json
from pathlib import Path

import pytest

from glyphspace.core.files import Json
from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, Verdict
from glyphspace.verbs.studies.frame import QUICK, Bench, Results, studies
from glyphspace.verbs.studies.latent_map.maps import CHAPTERS, _farthest, _nearest, _ranked

STUDY = studies["latent-map"]


def test_every_chapter_needs_steps_that_there_are() -> None:
    names = {step.name for step in STUDY.steps}
    assert all(set(chapter.needs) <= names for chapter in STUDY.chapters)


def test_the_printed_latents_are_as_long_as_they_should_be(tmp_path: Path) -> None:
    (given,) = (step for step in STUDY.steps if step.name == "given")
    found = given.measure(Bench(tmp_path, QUICK, Results(tmp_path))).numbers
    assert found["norms"] == pytest.approx([9.83, 10.71], abs=0.01)


def test_at_the_middle_of_the_three_way_mixture_z2_has_no_weight(tmp_path: Path) -> None:
    (three,) = (step for step in STUDY.steps if step.name == "three")
    bench = Bench(tmp_path, QUICK, Results(tmp_path))
    three.measure(bench).save(tmp_path)
    (chapter,) = (chapter for chapter in STUDY.chapters if chapter.anchor == "three")
    (verdict,) = (each for each in chapter.tell(bench.earlier) if isinstance(each, Verdict))
    assert verdict.verdict == FAILS
    assert verdict.parts[1].found == "with a weight of 0.00"


def made_up(areas: list[float], points: list[float], far: list[list[float | None]], purity: float) -> Json:
    space = {"purity on the map": purity, "purity by chance": 0.1}
    apart = [[9.0 if value is None else value for value in row] for row in far]
    agreement = {
        "class distances": far,
        "neighbours shared": 0.7,
        "areas on each map": [areas, areas],
        "nearest class on each map": 2 * [[row.index(min(row)) for row in apart]],
    }
    return {
        "classes": ["0", "1", "7", "8"],
        "shares of the points": points,
        "spaces": {"latents": space, "images": {**space, "purity on the map": 0.8, "agreement": agreement}},
    }


FAR = [[None, 2.0, 1.5, 0.5], [2.0, None, 0.4, 1.0], [1.5, 0.4, None, 1.0], [0.5, 1.0, 1.0, None]]
AS_REPORTED = made_up([0.2, 0.35, 0.3, 0.15], [0.2, 0.35, 0.3, 0.15], FAR, 0.12)


@pytest.fixture
def results(tmp_path: Path) -> Results:
    for step in ("small", "large", "uniform"):
        (tmp_path / f"{step}.json").write_text(json.dumps({"found": AS_REPORTED}))
        for figure in ("areas-images", "starts-images", "distances-images", "spaces"):
            (tmp_path / f"{step}-{figure}.svg").write_text('<svg width="10pt" height="10pt" xmlns="x"></svg>')
    return Results(tmp_path)


def verdict_of(anchor: str, results: Results) -> Verdict:
    (chapter,) = (chapter for chapter in CHAPTERS if chapter.anchor == anchor)
    return next(each for each in chapter.tell(results) if isinstance(each, Verdict))


def test_where_all_is_as_reported_the_claims_hold(results: Results) -> None:
    assert verdict_of("room", results).verdict == HOLDS
    assert verdict_of("uniform", results).verdict == HOLDS


def test_where_some_of_it_is_not_they_hold_in_part(results: Results) -> None:
    other = made_up([0.4, 0.3, 0.1, 0.2], [0.25, 0.25, 0.25, 0.25], FAR, 0.5)
    as_often = {**other, "shares of the points": AS_REPORTED["shares of the points"]}
    (results.folder / "uniform.json").write_text(json.dumps({"found": as_often}))
    (results.folder / "large.json").write_text(json.dumps({"found": other}))
    assert verdict_of("room", results).verdict == IN_PART
    assert verdict_of("uniform", results).verdict == IN_PART


def test_rank_and_distance_are_read_off_the_numbers() -> None:
    assert _ranked(AS_REPORTED) == 2 * [["1", "7", "0", "8"]]
    assert (_farthest(AS_REPORTED, 0), _nearest(AS_REPORTED, 1)) == ("1", ["7", "7"])


def test_what_one_map_shows_and_another_does_not_is_not_held_to_be_so(results: Results) -> None:
    found = made_up([0.2, 0.35, 0.3, 0.15], [0.2, 0.35, 0.3, 0.15], FAR, 0.12)
    found["spaces"]["images"]["agreement"]["areas on each map"][1] = [0.2, 0.35, 0.15, 0.3]
    (results.folder / "small.json").write_text(json.dumps({"found": found}))
    most, least, *_, near = verdict_of("room", results).parts
    assert (most.holds, least.holds, near.holds) == (False, False, True)
    assert least.found == "8 on 1, 7 on 1 of 2 maps with 1,000; 8 on 2 of 2 maps with more"
