import pytest
import torch
from torch import nn

from glyphspace import nets
from glyphspace.core.errors import BadInput
from glyphspace.data.scaling import to_bytes
from glyphspace.latent.decode import decode, z_dim
from glyphspace.latent.prior import normal
from glyphspace.nets.model import Model

from .stamps import classifier, generator


def fresh(name: str) -> Model:
    torch.manual_seed(0)
    net = nets.build("generator", name, {"z_dim": 8})
    with torch.no_grad():
        net(torch.randn(64, 8))  # so that batch norm has statistics
        for parameter in net.parameters():
            parameter.mul_(2)  # a fresh net draws grey mist; this one has contrast
    return Model(net, "generator", name, {"z_dim": 8}, "none", tuple("0123456789"))


EVERY = pytest.mark.parametrize("name", list(nets.generators))


@EVERY
def test_images_are_what_the_generator_paints_as_bytes(name):
    model = fresh(name)
    latents = normal(5, 8, 0)
    images = decode(model, latents)
    with torch.no_grad():
        painted = to_bytes(model.net.eval()(latents))
    assert images.shape == (5, 28, 28) and images.dtype == torch.uint8
    assert (images.int() - painted.int()).abs().max() <= 1
    assert images.float().std() > 10


@EVERY
def test_an_image_does_not_depend_on_its_neighbours(name):
    model, latents = fresh(name), normal(40, 8, 1)
    together = decode(model, latents).int()
    alone = torch.cat([decode(model, one) for one in latents.split(1)]).int()
    assert (together - alone).abs().max() <= 1
    assert torch.equal(decode(model, latents, batch_size=40), decode(model, latents))


@EVERY
def test_the_generator_is_left_as_it_was(name):
    model = fresh(name)
    model.net.train()
    before = {key: value.clone() for key, value in model.net.state_dict().items()}
    decode(model, normal(3, 8, 0))
    assert model.net.training
    assert all(torch.equal(before[key], value) for key, value in model.net.state_dict().items())


def test_no_latents_give_no_images_and_any_precision_is_taken():
    assert decode(generator(), torch.empty(0, 12)).shape == (0, 28, 28)
    latents = normal(3, 12, 0)
    assert torch.equal(decode(generator(), latents.double()), decode(generator(), latents))


def test_what_cannot_be_drawn_is_refused():
    assert z_dim(generator()) == 12
    with pytest.raises(BadInput, match="9 numbers each; the generator takes 12"):
        decode(generator(), torch.zeros(2, 9))
    with pytest.raises(BadInput, match="not finite"):
        decode(generator(), torch.full((2, 12), torch.nan))
    with pytest.raises(BadInput, match="this model is a classifier"):
        decode(classifier(), torch.zeros(2, 12))
    broken = generator()
    nn.init.constant_(broken.net.stamps, torch.inf)
    with pytest.raises(BadInput, match="are its weights broken"):
        decode(broken, torch.zeros(2, 12))
