"""Experiments and edits on latents that were found or selected before, and what they say of themselves."""

from pathlib import Path

import pytest
import torch

from glyphspace import edit, explore
from glyphspace.core.errors import BadInput
from glyphspace.latent.directions import directions_of
from glyphspace.latent.given import read_given
from glyphspace.latent.labelled import label
from glyphspace.latent.save import save_samples
from glyphspace.verbs.edit import LEARNED, findings
from glyphspace.verbs.explore.findings import plain
from glyphspace.verbs.explore.subject import draw, named, subject
from latent.stamps import classifier, conditional, generator
from latent.untrained import untrained

PRINTED = Path(__file__).parents[2] / "latent" / "printed_latents.txt"


@pytest.fixture
def plain_ones(tmp_path):
    save_samples(tmp_path / "plain.npz", label(generator(), classifier(), 3 * torch.eye(12)[:3]))
    return tmp_path / "plain.npz"


@pytest.fixture
def asked_ones(tmp_path):
    save_samples(tmp_path / "asked.npz", label(conditional(), classifier(), torch.zeros(3, 2), torch.eye(10)[:3]))
    return tmp_path / "asked.npz"


def test_a_path_leads_through_them(plain_ones):
    found = explore.path(generator(), classifier=classifier(), latents=plain_ones, form="linear", steps=5)
    assert found.numbers["path"]["labels"][0] == "0" and found.numbers["path"]["labels"][-1] == "2"
    assert found.asked["latents"] == "plain.npz"


def test_a_path_leads_through_their_conditions_too(asked_ones):
    found = explore.path(conditional(), classifier=classifier(), latents=asked_ones, form="linear", steps=5)
    labels = found.numbers["path"]["labels"]
    assert (labels[0], labels[2], labels[-1]) == ("0", "1", "2")


def test_noise_shakes_them_in_place_of_samples(plain_ones):
    found = explore.noise(
        generator(), classifier=classifier(), latents=plain_ones, count=200, centres=10, variations=3, sizes=(0.1,)
    )
    counts = found.numbers["samples"]["confusion"][0]
    assert counts.sum(1).nonzero().flatten().tolist() == [0, 1, 2] and counts.sum() == 3 * 3


def test_latents_are_given_as_a_tensor_as_well(plain_ones):
    latents, known = 3 * torch.eye(12)[:3], {"classifier": classifier()}
    few = {"noise": {"count": 200, "centres": 4, "sizes": (0.1,)}, "plane": {"resolution": 8, "images": 2}, "path": {}}
    for name, options in few.items():
        experiment = getattr(explore, name)
        found = experiment(generator(), latents=latents, **known, **options)
        assert found.asked["latents"] == "3 latents"
        assert plain(found.numbers) == plain(experiment(generator(), latents=plain_ones, **known, **options).numbers)
    assert explore.path(generator(), latents=latents.double(), **known).asked["latents"] == "3 latents"
    for none in (latents[:0], latents[0]):
        with pytest.raises(BadInput, match="give rows, one or more"):
            explore.path(generator(), latents=none, **known)


def test_noise_on_a_conditional_generator_draws_bare_latents_as_every_class(tmp_path, asked_ones):
    options = {"classifier": classifier(), "count": 200, "centres": 6, "variations": 2, "sizes": (0.01, 5.0)}
    found = explore.noise(conditional(), latents=asked_ones, **options)
    assert found.summary[-1].startswith("the embedding breaks first: noise on z from 0 ")
    (tmp_path / "two.txt").write_text("0.1 0.2\n0.3 0.4\n")
    bare = explore.noise(conditional(), latents=tmp_path / "two.txt", **options)
    assert bare.asked["centres"] == 2 * 10
    assert bare.numbers["z of samples"]["confusion"][0].sum(1).tolist() == [2 * 2] * 10


def test_latents_of_one_class_say_what_a_plane_draws(tmp_path, asked_ones):
    same = label(conditional(), classifier(), torch.randn(3, 2), torch.eye(10)[[4, 4, 4]])
    save_samples(tmp_path / "same.npz", same)
    options = {"classifier": classifier(), "resolution": 10, "images": 2, "zooms": (1.0,)}
    found = explore.plane(conditional(), latents=tmp_path / "same.npz", **options)
    assert float(found.numbers["zooms"]["1"]["areas"][4]) == 1
    with pytest.raises(BadInput, match="name it with --classes"):
        explore.plane(conditional(), latents=asked_ones, **options)


def test_a_certainty_that_hardly_any_latent_has_is_lowered_and_that_is_said():
    faint = untrained("cgan-reference", strength=0.01, dataset="mnist", z_dim=6)
    found = explore.means(faint, count=100, certainty=0.99)
    assert found.asked["certainty"] < 0.99
    assert found.summary[0].startswith("fewer than a tenth of the latents have a certainty of 0.99")


def test_latents_are_edited_along_directions_of_every_kind(tmp_path):
    model = untrained("cgan-reference", strength=3, dataset="mnist", z_dim=6)
    kept = label(model, classifier(), torch.randn(2, 6), torch.zeros(2, int(model.net.condition_dim)))
    save_samples(tmp_path / "two.npz", kept)
    moved = edit(tmp_path / "two.npz", {"component 2": 1.5, "factor 1": -2.0}, model=model, classifier=classifier())
    learned = draw(subject(model, classifier()), LEARNED, 0)
    (_, component), (factor,) = (
        directions_of(kind, model, learned, n) for kind, n in (("components", 2), ("factors", 1))
    )
    expected = kept.latents + 1.5 * component.vector - 2.0 * factor.vector
    assert torch.allclose(moved.after.latents, expected, atol=1e-5)
    assert findings(moved, "", 0, ["two.npz"]).asked["files"] == ["two.npz"]
    with pytest.raises(BadInput, match="no direction is called 'component 7'"):
        edit(tmp_path / "two.npz", {"component 7": 1.0}, model=model, classifier=classifier())
    rows = [" ".join(map(str, row)) for row in kept.latents.tolist()]
    (tmp_path / "two.txt").write_text("\n".join(rows))
    with pytest.raises(BadInput, match="does not say what the generator was told"):
        edit(tmp_path / "two.txt", {"slant": 1.0}, model=model, classifier=classifier())
    printed = edit(PRINTED, {"component 1": 1.0}, model=untrained("reference"), classifier=classifier())
    assert torch.equal(printed.before.latents, read_given(PRINTED).latents)
    with pytest.raises(BadInput, match="give it alone"):
        edit([tmp_path / "two.npz", "seven.png"], {"slant": 1.0}, model=model, classifier=classifier())


def test_test_images_that_are_named_but_are_not_there_are_refused_before_anything_is_drawn():
    shipped = {"count": 60, "compared": 100}
    found = explore.labels("letters", **shipped)
    assert found.summary[-1].endswith("--data letters=DIR, or take the published images (--data emnist-letters)")
    with pytest.raises(BadInput, match="may have learned from test images of emnist-letters"):
        explore.labels("letters", data="emnist-letters", **shipped)
    with pytest.raises(BadInput, match="no dataset is called 'nowhere'"):
        explore.labels("letters", data="nowhere", **shipped)
    with pytest.raises(BadInput, match="knows the classes of letters, and sklearn-digits/test has others"):
        explore.labels("letters", data="sklearn-digits", **shipped)
    for options, says in (({"compared": 50}, "take 100 test images or more"), ({"compared": 0, "data": "x"}, "of x")):
        with pytest.raises(BadInput, match=says):
            explore.labels("letters", count=60, **options)


def test_conditions_are_not_for_an_unconditional_generator(asked_ones):
    for look in (explore.path, explore.noise, explore.plane):
        with pytest.raises(BadInput, match="says what a conditional generator was told; this one is unconditional"):
            look(generator(), classifier=classifier(), latents=asked_ones)


def test_a_path_of_very_many_latents_is_refused(tmp_path):
    save_samples(tmp_path / "many.npz", label(generator(), classifier(), torch.randn(51, 12)))
    with pytest.raises(BadInput, match="51 latents are too many for one path"):
        explore.path(generator(), classifier=classifier(), latents=tmp_path / "many.npz")


def test_folders_of_this_machine_are_not_told():
    assert named("mnist+letters=/some/where") == "mnist+letters" and named("/some/where/emnist") == "emnist"
