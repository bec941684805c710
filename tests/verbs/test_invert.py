"""Pictures to latents and back, with pictures as people have them."""

import numpy as np
import pytest
import torch
from PIL import Image

from glyphspace import edit, encoder, invert, sample
from glyphspace.core.errors import BadInput
from glyphspace.latent.inversion import Search
from glyphspace.latent.labelled import label_asked
from glyphspace.nets.model import Model, load_model, save_model
from glyphspace.nets.registries import build
from glyphspace.verbs.encoder import find_encoder
from glyphspace.zoo import labeller, load_shipped

QUICK = Search(steps=20, samples=100, starts=2)


@pytest.fixture(scope="module")
def drawn():
    return sample("digits", count=4, classes=["3", "7"], certainty=0.95, seed=5)


def test_a_picture_of_any_size_and_polarity_is_inverted(tmp_path, drawn):
    dark = Image.fromarray(255 - drawn.images[0].numpy()).resize((130, 130), Image.Resampling.BICUBIC)
    dark.save(tmp_path / "dark.jpg")
    Image.fromarray(drawn.images[2].numpy()).save(tmp_path / "light.png")
    pictures = [tmp_path / "dark.jpg", tmp_path / "light.png"]
    found = invert(pictures, search=Search(60, samples=100), out=tmp_path / "out")
    assert found.found.labels.tolist() == found.taken_for.labels.tolist() == [3, 7]
    assert found.method == "optimise" and found.kept == 1
    assert float(found.errors.max()) < 0.03
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"invert.json", "invert-pairs.png", "invert-pairs.svg", "invert-latents.npz"}
    with np.load(tmp_path / "out" / "invert-latents.npz") as kept:
        assert kept["latents"].shape == (2, 64)


def test_an_encoder_in_the_run_folder_is_used_and_belongs_to_its_generator(tmp_path, drawn):
    save_model(tmp_path / "generator.safetensors", load_shipped("digits"))
    encoder(tmp_path, data="sklearn-digits", steps=3)
    fitted = load_model(tmp_path / "encoder.safetensors")
    assert fitted.kind == "encoder" and fitted.training["steps"] == 3
    found = invert(drawn.images, model=tmp_path, search=Search(steps=20))
    assert found.method == "both"
    assert invert(drawn.images, model=tmp_path, method="encode").found.latents.shape == (4, 64)
    other = load_shipped("digits")
    with torch.no_grad():
        other.net.project.bias.add_(1)
    with pytest.raises(BadInput, match="trained for another generator"):
        invert(drawn.images, model=other, encoder=tmp_path / "encoder.safetensors", method="both")


def test_pictures_are_edited(tmp_path, drawn):
    edited = edit(drawn, {"slant": 8.0}, out=tmp_path)
    assert edited.changed[:, 0].median() == pytest.approx(8, abs=4)
    assert (tmp_path / "edit-pairs.png").is_file() and (tmp_path / "edit.json").is_file()


def test_an_edited_character_stays_the_same_one(drawn):
    edited = edit(drawn, {"slant": 25.0, "thickness": 1.0})
    assert edited.after.labels.tolist() == drawn.labels.tolist()
    assert edited.changed[:, 0].median() > 8 and edited.picture().content.startswith(b"\x89PNG")


def test_latents_of_another_generator_are_drawn_by_the_one_that_edits(drawn):
    letters = sample("letters", count=3)
    edited = edit(letters, {"slant": 3.0})
    assert edited.before.classes == edited.after.classes == drawn.classes
    assert not torch.equal(edited.before.images, letters.images)
    told = label_asked(load_shipped("digits-best"), labeller("mnist"), torch.zeros(2, 64), torch.tensor([1, 2]))
    with pytest.raises(BadInput, match="this one is unconditional"):
        edit(told, {"slant": 3.0})


def test_stacked_characters_are_refused(drawn, tmp_path):
    stacked = Model(
        build("generator", "fast", {"channels": 3}), "generator", "fast", {"channels": 3}, "stacked-mnist", ("000",)
    )
    with pytest.raises(BadInput, match="3 characters in one image"):
        invert(drawn.images, model=stacked, search=QUICK)
    with pytest.raises(BadInput, match="3 characters in one image"):
        encoder(stacked, out=tmp_path / "encoder.safetensors")


def test_classes_are_for_conditional_generators(drawn):
    with pytest.raises(BadInput, match="unconditional"):
        invert(drawn.images, labels=["1"] * 4, search=QUICK)
    with pytest.raises(BadInput, match="no pictures"):
        invert([], search=QUICK)


def test_a_run_that_is_called_like_a_shipped_generator_has_no_shipped_encoder(tmp_path, monkeypatch):
    digits = load_shipped("digits-best")
    assert find_encoder("digits-best", digits) is not None
    (tmp_path / "digits-best").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_encoder("digits-best", digits) is None
