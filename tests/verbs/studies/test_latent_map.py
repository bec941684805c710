"""Those steps of the study that are arithmetic find what arithmetic says; the maps are told from made-up numbers."""

import json
from pathlib import Path

import pytest
import torch
from matplotlib.figure import Figure

from glyphspace.core.files import Json
from glyphspace.latent.from_text import read_latents
from glyphspace.nets.model import Model
from glyphspace.report.page import Picture
from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, Verdict
from glyphspace.training.recipes import recipes
from glyphspace.training.state import fresh
from glyphspace.verbs.studies.frame import FULL, QUICK, Bench, Results, studies
from glyphspace.verbs.studies.latent_map import maps, mixing, subjects
from glyphspace.verbs.studies.latent_map.room import _farthest, _nearest, _ranked
from latent.stamps import classifier, generator
from latent.untrained import untrained

STUDY = studies["latent-map"]


def bench(folder: Path, budget: str = QUICK) -> Bench:
    return Bench(folder, budget, Results(folder))


@pytest.fixture(autouse=True)
def empty_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = '<svg width="10pt" height="10pt" xmlns="x"></svg>'
    monkeypatch.setattr(Results, "picture", lambda self, step, figure, alt, caption="": Picture(drawn, alt, caption))


def test_every_chapter_needs_steps_that_there_are() -> None:
    names = {step.name for step in STUDY.steps}
    assert all(set(chapter.needs) <= names for chapter in STUDY.chapters)
    assert len({chapter.anchor for chapter in STUDY.chapters}) == len(STUDY.chapters)


def test_the_printed_latents_are_as_long_as_they_should_be(tmp_path: Path) -> None:
    (given,) = (step for step in STUDY.steps if step.name == "given")
    found = given.measure(bench(tmp_path)).numbers
    assert found["norms"] == pytest.approx([9.83, 10.71], abs=0.01)


def test_the_classifier_has_three_dense_layers_batch_norm_and_sgd() -> None:
    recipe = recipes[subjects.READER]
    kinds = [type(module) for module in fresh("classifier", recipe.classifier, 0).modules()]
    assert (recipe.optimizer, kinds.count(torch.nn.Linear)) == ("sgd", 3)
    assert kinds.count(torch.nn.BatchNorm1d) == 2


@pytest.fixture
def of_100_numbers(monkeypatch: pytest.MonkeyPatch) -> Model:
    model = untrained("reference", dataset="mnist", z_dim=100)
    monkeypatch.setattr(mixing, "generator_of_printed", lambda bench: model)
    monkeypatch.setattr(mixing, "readers", lambda bench: [classifier()])
    return model


@pytest.mark.usefixtures("of_100_numbers")
def test_at_the_middle_of_the_three_way_mixture_z2_has_no_weight(tmp_path: Path) -> None:
    (three,) = (step for step in STUDY.steps if step.name == "three")
    three.measure(bench(tmp_path)).save(tmp_path)
    (chapter,) = (chapter for chapter in STUDY.chapters if chapter.anchor == "three")
    (verdict,) = (each for each in chapter.tell(Results(tmp_path)) if isinstance(each, Verdict))
    assert verdict.verdict == FAILS
    assert verdict.parts[1].found == "with a weight of 0.00"
    assert (tmp_path / "three-histogram.svg").is_file()


def test_paths_begin_and_end_at_the_printed_latents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of_100_numbers: Model
) -> None:
    drawn: list[torch.Tensor] = []
    monkeypatch.setattr(mixing, "_drawn", lambda bench, path: drawn.append(path) or Figure())
    monkeypatch.setattr(mixing, "pairs", lambda bench: [])
    mixing._two(bench(tmp_path))
    mixing._three(bench(tmp_path))
    z1, z2 = read_latents(mixing.PRINTED)
    assert torch.allclose(drawn[0][[0, -1]], torch.stack([z2, z1]))
    assert torch.allclose(drawn[1][-1], z1 + z2 / 2)


def made_up(areas: list[float], points: list[float], far: list[list[float | None]], purity: float) -> Json:
    space = {"purity on the map": purity, "purity by chance": 0.1}
    apart = [[9.0 if value is None else value for value in row] for row in far]
    agreement = {
        "class distances": far,
        "neighbours shared": 0.7,
        "areas on each map": [areas, areas],
        "nearest class on each map": 2 * [[row.index(min(row)) for row in apart]],
    }
    run = {
        "classes": ["0", "1", "7", "8"],
        "shares of the points": points,
        "spaces": {"latents": space, "images": {**space, "purity on the map": 0.8, "agreement": agreement}},
    }
    return {"count": 1_000, "runs": [run]}


FAR = [[None, 2.0, 1.5, 0.5], [2.0, None, 0.4, 1.0], [1.5, 0.4, None, 1.0], [0.5, 1.0, 1.0, None]]
AS_REPORTED = made_up([0.2, 0.35, 0.3, 0.15], [0.2, 0.35, 0.3, 0.15], FAR, 0.12)
LARGE = {**AS_REPORTED, "count": 2_500}
READ = {"of": "a generator", "reader": "dense", "accuracy": [0.97], "printed": {"of": "it", "z": 100, "distance": 9.0}}


def put(results: Results, **steps: Json) -> None:
    for step, found in steps.items():
        (results.folder / f"{step}.json").write_text(json.dumps({"found": found}))


@pytest.fixture
def results(tmp_path: Path) -> Results:
    results = Results(tmp_path)
    put(results, small=AS_REPORTED, large=LARGE, uniform=AS_REPORTED, subjects=READ)
    return results


def verdict_of(anchor: str, results: Results) -> Verdict:
    (chapter,) = (chapter for chapter in STUDY.chapters if chapter.anchor == anchor)
    return next(each for each in chapter.tell(results) if isinstance(each, Verdict))


def test_where_all_is_as_reported_the_claims_hold(results: Results) -> None:
    room = verdict_of("room", results)
    assert room.verdict == HOLDS
    assert "maps of 1,000 and of 2,500 points" in room.basis.of
    assert "right about 97.0% of test images" in room.basis.of
    assert verdict_of("uniform", results).verdict == HOLDS


def test_of_a_digit_that_is_never_drawn_nothing_is_near_or_far(results: Results) -> None:
    nothing = [[None] * 4, [None, None, 0.4, 1.0], [None, 0.4, None, 1.0], [None, 1.0, 1.0, None]]
    found = made_up([0.0, 0.4, 0.4, 0.2], [0.0, 0.4, 0.4, 0.2], nothing, 0.12)
    for nearest in found["runs"][0]["spaces"]["images"]["agreement"]["nearest class on each map"]:
        nearest[0] = -1
    put(results, small=found, large={**found, "count": 2_500})
    assert (_farthest(found["runs"][0], 0), _nearest(found["runs"], 0)) == ("none", ["none", "none"])
    parts = {part.says: part for part in verdict_of("room", results).parts}
    assert "none on 1 of 1" in parts["0 is farthest from 1"].found


def test_where_some_of_it_is_not_they_hold_in_part(results: Results) -> None:
    other = made_up([0.4, 0.3, 0.1, 0.2], [0.25, 0.25, 0.25, 0.25], FAR, 0.5)
    often = {**other["runs"][0], "shares of the points": AS_REPORTED["runs"][0]["shares of the points"]}
    put(results, uniform={**other, "runs": [often]}, large={**other, "count": 2_500})
    assert verdict_of("room", results).verdict == IN_PART
    assert verdict_of("uniform", results).verdict == IN_PART


def test_maps_of_every_generator_count(results: Results) -> None:
    other = made_up([0.4, 0.3, 0.1, 0.2], [0.4, 0.3, 0.1, 0.2], FAR, 0.12)
    put(results, large={**LARGE, "runs": [*LARGE["runs"], *other["runs"]]})
    most = verdict_of("room", results).parts[0]
    assert (most.holds, most.found.partition("; ")[2]) == (False, "1 and 7 on 2, 0 and 1 on 2 of 4 with 2,500 points")


def test_rank_and_distance_are_read_off_the_numbers() -> None:
    runs = AS_REPORTED["runs"]
    assert _ranked(runs) == 2 * [["1", "7", "0", "8"]]
    assert (_farthest(runs[0], 0), _nearest(runs, 1)) == ("1", ["7", "7"])


def test_what_one_map_shows_and_another_does_not_is_not_held_to_be_so(results: Results) -> None:
    found = made_up([0.2, 0.35, 0.3, 0.15], [0.2, 0.35, 0.3, 0.15], FAR, 0.12)
    found["runs"][0]["spaces"]["images"]["agreement"]["areas on each map"][1] = [0.2, 0.35, 0.15, 0.3]
    put(results, small=found)
    most, least, *_, near = verdict_of("room", results).parts
    assert (most.holds, least.holds, near.holds) == (False, False, True)
    assert least.found == "8 on 1, 7 on 1 of 2 with 1,000 points; 8 on 2 of 2 with 2,500 points"


def test_a_map_is_made_of_every_generator_and_counted_again_from_several_starts_for_images_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "pairs", lambda bench: 2 * [(generator(), classifier())])
    monkeypatch.setattr(maps, "METHOD", "pca")
    found = maps._map(bench(tmp_path, FULL), 60, "normal", 2)
    assert len(found.numbers["runs"]) == 2
    spaces = found.numbers["runs"][1]["spaces"]
    assert (spaces["latents"]["agreement"], len(spaces["images"]["agreement"]["areas on each map"])) == (None, 2)
    assert {"spaces", "areas-images", "starts-images", "distances-images"} == set(found.figures)
    assert set(found.files) == {"latents.html", "images.html"}
