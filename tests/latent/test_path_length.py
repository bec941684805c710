import pytest
import torch
from torch import nn

from glyphspace.core.errors import BadInput
from glyphspace.latent.decode import conditions
from glyphspace.latent.path_length import path_lengths
from glyphspace.latent.paths import lerp
from glyphspace.latent.prior import normal
from glyphspace.nets.model import Model

from .stamps import CLASSES, classifier, conditional, generator


class Linear(nn.Module):
    """Draws what is linear in z, so that every path length is known."""

    z_dim = 4

    def forward(self, z):
        return (z[:, :1] / 100)[:, :, None, None].expand(-1, 1, 28, 28)


class Pixels(nn.Module):
    def features(self, images):
        return images.flatten(1)


def test_the_length_of_a_straight_path_through_a_linear_generator_is_known():
    starts, ends = normal(30, 4, 0), normal(30, 4, 1)
    model = Model(Linear(), "generator", "linear", {}, "none", CLASSES)
    found = path_lengths(model, Pixels(), starts, ends, torch.linspace(0, 1, 30), between=lerp)
    known = ((ends - starts)[:, 0].double() / 100).square() * 784
    torch.testing.assert_close(found, known, rtol=0.05, atol=1e-4)


def test_far_latents_have_longer_paths_than_near_ones():
    starts, places = normal(100, 12, 0), torch.rand(100)
    near = starts + 0.1 * normal(100, 12, 1)
    far = path_lengths(generator(), classifier().net, starts, normal(100, 12, 1), places).mean()
    assert 0 < path_lengths(generator(), classifier().net, starts, near, places).mean() < far / 5


def test_conditions_stay_where_they_are():
    told = conditions(conditional(), torch.arange(10))
    z = normal(10, conditional().net.z_dim, 0)
    found = path_lengths(conditional(), classifier().net, z, z.flip(0), torch.full((10,), 0.5), told)
    assert found.shape == (10,) and torch.isfinite(found).all()


def test_a_network_without_features_is_refused():
    z = normal(2, 12, 0)
    with pytest.raises(BadInput, match="no features"):
        path_lengths(generator(), nn.Identity(), z, z, torch.zeros(2))
    with pytest.raises(BadInput, match="9 numbers each"):
        path_lengths(generator(), classifier().net, z[:, :9], z[:, :9], torch.zeros(2))
