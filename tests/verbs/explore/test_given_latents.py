"""Experiments and edits on latents that were found or selected before, and what they say of themselves."""

import pytest
import torch

from glyphspace import edit, explore
from glyphspace.core.errors import BadInput
from glyphspace.latent.labelled import label
from glyphspace.latent.save import save_samples
from latent.stamps import classifier, conditional, generator
from latent.untrained import untrained


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
    assert counts.sum(1).nonzero().flatten().tolist() == [0, 1, 2] and counts.sum() == 30


def test_noise_on_a_conditional_generator_needs_what_it_was_told(plain_ones, asked_ones):
    options = {"classifier": classifier(), "count": 200, "centres": 6, "variations": 2, "sizes": (0.01, 5.0)}
    found = explore.noise(conditional(), latents=asked_ones, **options)
    assert found.summary[-1].startswith("the embedding breaks first: a tenth of the labels is lost at ")
    with pytest.raises(BadInput, match=r"plain.npz does not say what the generator drew there"):
        explore.noise(conditional(), latents=plain_ones, **options)


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
    assert (moved.after.latents - kept.latents).norm(dim=1) == pytest.approx(torch.tensor([2.5, 2.5]).numpy(), abs=1.2)
    with pytest.raises(BadInput, match="no direction is called 'component 7'"):
        edit(tmp_path / "two.npz", {"component 7": 1.0}, model=model, classifier=classifier())
    with pytest.raises(BadInput, match="give it alone"):
        edit([tmp_path / "two.npz", "seven.png"], {"slant": 1.0}, model=model, classifier=classifier())


def test_test_images_that_are_named_but_are_not_there_are_refused_before_anything_is_drawn():
    shipped = {"count": 60, "compared": 50}
    found = explore.labels("letters", **shipped)
    assert found.summary[-1].endswith("--data letters=DIR, or take the published images (--data emnist-letters)")
    with pytest.raises(BadInput, match="no dataset is called 'nowhere'"):
        explore.labels("letters", data="nowhere", **shipped)
