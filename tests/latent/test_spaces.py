import pytest
import torch

from glyphspace.latent.labelled import LabelledLatents, label
from glyphspace.latent.prior import normal
from glyphspace.latent.spaces import halfway, spaces
from glyphspace.zoo import load_shipped

from .stamps import classifier, generator
from .untrained import untrained


@pytest.mark.parametrize("name", list(spaces))
def test_every_space_has_a_point_for_each_latent(name):
    drawer, reader = load_shipped("digits"), load_shipped("mnist-classifier")
    labelled = label(drawer, reader, normal(110, 64, 0))
    points = spaces[name](drawer, reader, labelled)
    assert points.shape[0] == 110 and points.dtype == torch.float32
    assert torch.isfinite(points).all()


def test_images_are_pixels_from_0_to_1_and_latents_themselves(labelled: LabelledLatents):
    drawn = generator(), classifier(), labelled
    assert torch.equal(spaces["latents"](*drawn), labelled.latents)
    assert torch.equal(spaces["images"](*drawn), labelled.images.flatten(1).float() / 255)
    assert spaces["features"](*drawn).shape == (1000, 784)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_activations_halfway_are_of_a_layer_that_z_goes_through(depth):
    model = untrained("conditional", z_dim=16, width=8, depth=depth)
    told = model.net.embed(torch.full((50,), 3))
    labelled = label(model, classifier(model.classes), normal(50, 16, 0), told)
    assert len(halfway(model, labelled).unique(dim=0)) == 50
