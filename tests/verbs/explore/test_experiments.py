"""What experiments find, on generators and a reader that need no training, and on latents that a document prints."""

import io
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from glyphspace import explore, nets
from glyphspace.core.errors import BadInput, Unavailable
from glyphspace.latent.archive import open_archive
from glyphspace.latent.decode import z_dim
from glyphspace.latent.labelled import label
from glyphspace.latent.routes import travel
from glyphspace.nets.model import Model
from glyphspace.verbs.explore.findings import plain
from glyphspace.verbs.explore.path import _film
from glyphspace.verbs.explore.subject import subject
from latent.stamps import CLASSES, classifier, conditional, generator
from latent.untrained import untrained

PRINTED = Path(__file__).parents[2] / "latent" / "printed_latents.txt"
QUICK = {
    "labels": {"count": 60, "compared": 0},
    "means": {"count": 300},
    "distances": {"count": 300},
    "path": {"count": 200, "paths": 8, "steps": 5},
    "noise": {"count": 200, "centres": 20, "variations": 2, "sizes": (0.1, 2.0)},
    "plane": {"resolution": 20, "images": 3, "zooms": (1.0, 5.0)},
}
OF_MEANS = {"plane": {"count": 2000, "certainty": 0.5}}  # of an unconditional generator, whose latents have means


@pytest.mark.parametrize("make", [generator, conditional], ids=["unconditional", "conditional"])
@pytest.mark.parametrize("name", QUICK)
def test_an_experiment_is_repeatable_and_its_numbers_are_plain(name, make, tmp_path):
    options = QUICK[name] | (OF_MEANS.get(name, {}) if make is generator else {})
    first, again = (getattr(explore, name)(make(), classifier=classifier(), seed=3, **options) for _ in range(2))
    assert plain(first.numbers) == plain(again.numbers) and first.summary == again.summary
    assert first.figures and all("\n" not in line for line in first.summary)
    assert all(path.stat().st_size for path in first.save(tmp_path))


def test_labels_of_any_number_are_kept_in_a_file(tmp_path):
    found = explore.labels(generator(), classifier=classifier(), count=300, compared=0, keep=tmp_path / "x.safetensors")
    archive = open_archive(tmp_path / "x.safetensors")
    assert len(archive) == 300 and found.numbers["counts"][0].sum() == 300
    assert len(archive.select(certainty=0.95)) == found.numbers["counts"][3].sum()
    low, share, high = (found.numbers[name] for name in ("low", "shares", "high"))
    assert ((low <= share) & (share <= high)).all()


def test_what_cannot_be_measured_is_said():
    found = explore.labels(generator(), classifier=classifier(), count=60, compared=100)
    assert found.summary[-1].endswith(
        "precision and coverage are not measured: no judging network of stamps images ships"
    )
    assert "cost" not in found.figures


def test_means_are_short_and_read_as_their_class_as_far_out_as_samples():
    found = explore.means(generator(), classifier=classifier(), count=2000)
    assert found.numbers["norm of the mean"].max() < found.numbers["mean norm of the latents"].min()
    assert found.numbers["read as their class"]["as long as samples"] == 1


def test_the_middle_of_a_conditional_generator_is_the_standard_form_of_each_class():
    found = explore.means(conditional(), classifier=classifier(), count=500)
    assert found.numbers["read as their class"]["z = 0"] == 1


def test_a_class_that_only_the_classifier_knows_is_asked_of_no_conditional_generator():
    nine = conditional()
    nine.net.embed = lambda labels: torch.nn.functional.one_hot(labels, 10).float()
    nine.net.stamps[:] = nine.net.stamps[[9, 1, 2, 3, 4, 5, 6, 7, 8, 9]]  # what is asked for as 0 is read as 9
    found = explore.means(replace(nine, classes=CLASSES[:9]), classifier=classifier(), count=500)
    assert "9" in found.numbers["classes"]
    assert found.numbers["read as their class"]["z = 0"] == 1
    assert "8 classes" in found.summary[-1]


@pytest.mark.parametrize("name", ["map", "means", "plane"])
def test_stacked_characters_are_refused_in_a_line(name):
    net = nets.build("generator", "fast", {"channels": 3})
    with pytest.raises(BadInput, match="3 characters in one image"):
        getattr(explore, name)(Model(net, "generator", "fast", {"channels": 3}, "stacked-mnist", CLASSES))


def test_labels_are_told_from_z_where_they_are_in_it_and_not_where_they_are_in_the_condition():
    rates = {
        make: explore.distances(make(), classifier=classifier(), count=1000).numbers["agreement with the classifier"]
        for make in (generator, conditional)
    }
    assert rates[generator]["linear probe"][0]["agreement"] > 0.7
    assert rates[conditional]["linear probe"][0]["agreement"] < 0.25
    assert rates[conditional]["15 nearest neighbours, of images"][0]["agreement"] > 0.9


def test_noise_breaks_the_embedding_and_leaves_z_of_a_conditional_generator():
    found = explore.noise(conditional(), classifier=classifier(), count=200, sizes=(0.5, 2.0), centres=30)
    assert found.numbers["z of samples"]["kept"].min() > 0.9
    assert found.numbers["z from 0"]["kept"].min() > 0.9
    assert found.numbers["embedding of samples"]["kept"][1] < 0.6
    assert found.numbers["embedding at z = 0"]["kept"][1] < 0.6
    assert len(found.numbers["embeddings of no class"]["mean certainty"]) > 3


def test_paths_between_embeddings_keep_z(tmp_path):
    found = explore.path(conditional(), classifier=classifier(), count=200, paths=10)
    assert set(found.numbers) == {"z, within a class", "embedding, between classes", "perceptual path length"}
    assert found.numbers["z, within a class"]["share of paths that pass through other classes"] == 0


@pytest.mark.parametrize("form", ["linear", "spherical", "two-way"])
def test_the_printed_latents_are_a_path(form):
    found = explore.path(untrained("reference"), classifier=classifier(), latents=PRINTED, form=form)
    assert len(found.numbers["path"]["labels"]) == 11 and set(found.figures) == {"strip", "latents"}


def test_a_film_shows_as_many_paths_of_each_kind_as_there_are_of_the_rarest():
    about = subject(generator(), classifier())
    ends = label(about.generator, about.classifier, 3 * torch.eye(12)[:4])
    found = {
        kind: travel(about.generator, about.classifier, ends, torch.tensor(pairs), "linear")
        for kind, pairs in (("many", [[0, 1], [1, 2], [2, 3]]), ("one", [[3, 0]]))
    }
    with Image.open(io.BytesIO(_film(about, found, "linear", "gif"))) as film:
        assert film.is_animated and film.height == 2 * film.width


def test_weights_mix_as_the_form_of_the_same_formula_does():
    known = {"classifier": classifier(), "latents": PRINTED}
    mixed = explore.path(untrained("reference"), weights=((0.0, 1.0), (1.0, 0.0)), **known)
    assert plain(mixed.numbers) == plain(explore.path(untrained("reference"), form="two-way", **known).numbers)
    assert mixed.asked["weights"] == ((0, 1), (1, 0)) and "form" not in mixed.asked
    with pytest.raises(BadInput, match="2 points cannot be mixed with 3 weights"):
        explore.path(untrained("reference"), weights=((0.0, 1.0, 0.0), (1.0, 0.0, 0.0)), **known)


@pytest.mark.parametrize("of", [("latents",), ("images", "latents")], ids=" ".join)
def test_every_space_has_its_own_page_areas_and_starts(of):
    found = explore.map(generator(), classifier=classifier(), count=80, of=of, seeds=2)
    assert set(found.files) == {*(f"{name}.html" for name in of), "points.npz"}
    own = {f"{kind}-{name}" for kind in ("areas", "starts", "distances") for name in of}
    assert set(found.figures) == {"spaces", *own}
    for name, one in found.numbers["spaces"].items():
        assert sum(one["areas"].tolist()) == pytest.approx(1)
        assert 0.3 < one["agreement"]["neighbours shared"] <= 1
        assert sum(line.startswith(name) for line in found.summary) == 3
    alone = explore.map(generator(), classifier=classifier(), count=80, of=of[-1:], seeds=0)
    assert alone.numbers["spaces"][of[-1]]["agreement"] is None
    assert torch.equal(alone.numbers["spaces"][of[-1]]["areas"], found.numbers["spaces"][of[-1]]["areas"])


def test_a_projection_is_compared_with_no_other_starts():
    found = explore.map(generator(), classifier=classifier(), count=80, of=("latents",), method="pca")
    assert found.numbers["spaces"]["latents"]["agreement"] is None and found.asked["seeds"] == 0
    with pytest.raises(BadInput, match="principal components begin nowhere"):
        explore.map(generator(), classifier=classifier(), of=("latents",), method="pca", seeds=2)


def test_the_places_on_a_map_are_kept_with_their_latents():
    found = explore.map(generator(), classifier=classifier(), count=80, of=("latents", "images"), method="pca")
    kept = np.load(io.BytesIO(found.files["points.npz"]))
    labels = torch.from_numpy(kept["labels"])
    assert kept["map of latents"].shape == kept["map of images"].shape == (80, 2)
    assert torch.equal(labels.bincount(minlength=10) / 80, found.numbers["shares of the points"])


def test_the_means_that_are_kept_are_a_path(tmp_path):
    found = explore.means(generator(), classifier=classifier(), count=400)
    found.save(tmp_path)
    along = explore.path(generator(), classifier=classifier(), latents=tmp_path / "means-latents.npz", steps=2)
    assert along.numbers["path"]["labels"][0] == found.numbers["classes"][0]


def test_the_maps_of_a_plane_are_kept_as_numbers():
    options = {**QUICK["plane"], **OF_MEANS["plane"], "resolution": 9, "zooms": (1.0, 4.0)}
    found = explore.plane(generator(), classifier=classifier(), **options)
    kept = np.load(io.BytesIO(found.files["maps.npz"]))
    assert set(kept) == {f"{what} at {zoom}" for what in ("labels", "certainty") for zoom in (1, 4)}
    areas = torch.from_numpy(kept["labels at 4"]).flatten().bincount(minlength=10) / 81
    assert torch.equal(areas, found.numbers["zooms"]["4"]["areas"])


def test_samples_that_no_means_are_taken_of_are_refused():
    quick = {"resolution": 9, "zooms": (1.0,), "images": 1}
    for of in ({"count": 100}, {"certainty": 0.5}):
        with pytest.raises(BadInput, match="no means are taken here"):
            explore.plane(conditional(), classifier=classifier(), **of, **quick)
        with pytest.raises(BadInput, match="no means are taken here"):
            explore.plane(untrained("reference"), classifier=classifier(), latents=PRINTED, **of, **quick)
    with pytest.raises(BadInput, match="0 latents"):
        explore.plane(generator(), classifier=classifier(), count=0, **quick)


def test_too_few_latents_have_no_directions():
    with pytest.raises(BadInput, match="3 latents are too few to learn directions from"):
        explore.directions("digits", kinds=("factors",), count=3)


def test_sizes_of_noise_come_in_any_order():
    options = {"classifier": classifier(), "count": 200, "centres": 5, "variations": 2}
    down, up = (explore.noise(generator(), sizes=sizes, **options) for sizes in ((0.9, 0.1, 0.9), (0.1, 0.9)))
    assert plain(down.numbers) == plain(up.numbers)


def test_a_film_that_cannot_be_made_is_refused_first(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(Unavailable, match="ffmpeg"):
        explore.path("no such model's latents are drawn", film="mp4")


def test_real_images_have_a_place_on_the_maps_of_images_and_features():
    found = explore.map("digits", count=80, of=("images", "latents"), seeds=0, method="pca", place="sklearn-digits")
    assert {name for name in found.figures if name.startswith("placed")} == {"placed-images"}
    assert found.numbers["spaces"]["images"]["placed"]["count"] > 100
    with pytest.raises(BadInput, match="no place among latents; map images or features too"):
        explore.map("digits", of=("latents",), place="sklearn-digits")


def test_given_latents_are_a_path_of_each_class_that_a_conditional_generator_draws(tmp_path):
    two = replace(conditional(), classes=CLASSES[3:5])
    two.net.embed = lambda labels: torch.nn.functional.one_hot(labels + 3, 10).float()
    (tmp_path / "given.txt").write_text("\n".join(" ".join("0.1" for _ in range(z_dim(two))) for _ in range(2)))
    found = explore.path(two, classifier=classifier(), latents=tmp_path / "given.txt", steps=3)
    assert {kind: one["labels"] for kind, one in found.numbers.items()} == {"as '3'": ["3"] * 3, "as '4'": ["4"] * 3}


def test_the_printed_latents_and_the_origin_are_a_plane():
    found = explore.plane(
        untrained("reference"), classifier=classifier(), latents=PRINTED, resolution=10, images=2, zooms=(2.0,)
    )
    assert sum(found.numbers["zooms"]["2"]["areas"].tolist()) == pytest.approx(1)


def write_latents(path: Path, count: int, z_dim: int) -> Path:
    rows = torch.randn(count, z_dim, generator=torch.Generator().manual_seed(0)).tolist()
    path.write_text("\n".join(" ".join(map(str, row)) for row in rows))
    return path


def test_a_conditional_generator_draws_given_latents_as_the_class_that_is_named(tmp_path):
    known = {
        "classifier": classifier(), "latents": write_latents(tmp_path / "z.txt", 3, z_dim(conditional())),
        "resolution": 10, "images": 2, "zooms": (2.0,),
    }  # fmt: skip
    found = explore.plane(conditional(), classes=("3",), **known)
    assert found.numbers["zooms"]["2"]["areas"][3] == 1 and found.asked["drawn_as"] == "3"
    for classes, why in (
        (None, "name it with --classes"),
        (("3", "4"), "as one class, not as 2"),
        (("x",), "no class"),
    ):
        with pytest.raises(BadInput, match=why):
            explore.plane(conditional(), classes=classes, **known)


def test_classes_beside_latents_of_an_unconditional_generator_are_refused(tmp_path):
    latents = write_latents(tmp_path / "z.txt", 3, z_dim(generator()))
    with pytest.raises(BadInput, match="leave out the classes or the latents"):
        explore.plane(generator(), classifier=classifier(), latents=latents, classes=("3",))


def test_of_a_path_of_many_steps_so_many_are_shown_as_can_be_seen():
    few, many = (
        explore.path(generator(), classifier=classifier(), steps=steps, count=200, paths=2, certainty=0.0)
        for steps in (16, 160)
    )
    heights = {Image.open(io.BytesIO(one.picture("within-a-class").content)).height for one in (few, many)}
    assert len(heights) == 1
    assert len(many.numbers["within a class"]["mean certainty at each step"]) == 160


def test_no_latents_at_any_threshold_are_no_error():
    found = explore.labels(generator(), classifier=classifier(), count=20, compared=0, thresholds=(1.0,))
    assert "no latents" in found.summary[0]
    assert "shares" not in found.figures


def test_latents_of_another_width_are_refused():
    for name in ("path", "plane"):
        with pytest.raises(BadInput, match="100 numbers each; this generator takes 12"):
            getattr(explore, name)(generator(), classifier=classifier(), latents=PRINTED)
