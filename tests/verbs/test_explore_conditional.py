"""Maps, directions, the nets' insides, inversion and edits of a conditional generator, trained or not."""

from importlib import import_module
from pathlib import Path

import pytest
import torch

from glyphspace import edit, explore, invert
from glyphspace.latent.inversion import Search
from glyphspace.nets.model import Model
from latent.untrained import untrained


@pytest.fixture(scope="module")
def model() -> Model:
    return untrained("cgan-reference", strength=3, dataset="mnist", z_dim=6)


def test_it_is_mapped(model: Model) -> None:
    found = explore.map(model, count=60, seeds=0)
    assert found.numbers["spaces"]["latents"]["dimensions"] == 6


def test_its_directions_are_followed(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("glyphspace.verbs.explore.directions"), "SURE", 0.0)
    found = explore.directions(model, count=100, kinds=("components", "factors"), most=1)
    assert [one["name"] for one in found.numbers["directions"]] == ["component 1", "factor 1"]


def test_its_nets_are_opened(model: Model) -> None:
    assert "activations-generator" in explore.discriminator(model, count=12).figures


def test_pictures_are_inverted_as_their_class_and_edited(model: Model, tmp_path: Path) -> None:
    images = torch.randint(0, 256, (3, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    quick = Search(steps=4, samples=20, starts=1)
    found = invert(images, model=model, labels=["1", "5", "1"], search=quick)
    assert torch.equal(found.found.conditions[0], found.found.conditions[2])
    edited = edit(found.found, {"thickness": 0.1}, model=model, out=tmp_path)
    assert torch.equal(edited.after.conditions, found.found.conditions)
