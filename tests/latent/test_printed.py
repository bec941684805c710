"""The two latents that the report "GANs on MNIST dataset" prints go through every function that takes latents."""

from pathlib import Path

import pytest
import torch

from glyphspace import nets
from glyphspace.latent.decode import decode
from glyphspace.latent.distances import distance_matrix, told_from
from glyphspace.latent.from_text import read_latents
from glyphspace.latent.labelled import LabelledLatents, label
from glyphspace.latent.means import mean_latents, norms
from glyphspace.latent.noise import Noise, shake
from glyphspace.latent.norm_law import norm_law
from glyphspace.latent.path_length import path_lengths
from glyphspace.latent.paths import follow, forms
from glyphspace.latent.planes import map_plane, plane_through
from glyphspace.latent.routes import travel
from glyphspace.latent.save import save_samples
from glyphspace.latent.truncation import truncate
from glyphspace.nets.model import Model

from .stamps import CLASSES, classifier


@pytest.fixture(scope="module")
def model() -> Model:
    torch.manual_seed(0)
    return Model(nets.build("generator", "reference", {}).eval(), "generator", "reference", {}, "stamps", CLASSES)


@pytest.fixture(scope="module")
def printed(model: Model) -> LabelledLatents:
    return label(model, classifier(), read_latents(Path(__file__).with_name("printed_latents.txt")))


def test_they_are_as_long_as_normal_latents_of_a_hundred_numbers(printed):
    assert norms(printed.latents).tolist() == pytest.approx([10, 10], abs=1)
    assert truncate(printed.latents, 1.0).abs().max() <= 1
    assert norm_law(printed.latents.double(), (1, 2), 0).count == 2


def test_they_are_drawn_labelled_averaged_and_kept(model, printed, tmp_path):
    assert torch.equal(printed.images, decode(model, printed.latents))
    matrix = distance_matrix(printed, mean_latents(printed))
    assert torch.isfinite(matrix).any()
    assert told_from("nearest mean (MDM)", printed, (0.0,))[0].matrix.sum() == 1
    save_samples(tmp_path / "x.npz", printed)


@pytest.mark.parametrize("form", list(forms))
def test_they_are_mixed(model, printed, form):
    points = torch.cat([printed.latents, printed.latents.flip(1)])[: 3 if form == "three-way" else 2]
    assert decode(model, follow(form, points, 11)).shape == (11, 28, 28)


def test_they_are_joined_shaken_and_spanned(model, printed):
    routes = travel(model, classifier(), printed, torch.tensor([[0, 1]]))
    assert routes.path(0).latents[-1].tolist() == pytest.approx(printed.latents[1].tolist(), abs=1e-4)
    assert shake(model, classifier(), printed, Noise(), variations=1).kept.shape == (5,)
    first, second = printed.latents.split(1)
    assert path_lengths(model, classifier().net, first, second, torch.tensor([0.5])).shape == (1,)
    plane = plane_through(torch.cat([printed.latents, torch.zeros(1, 100)]))
    assert map_plane(model, classifier(), plane, 5, images=2).labels.shape == (5, 5)
