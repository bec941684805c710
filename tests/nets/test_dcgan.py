import pytest
import torch
from torch import nn

from glyphspace.nets import build
from glyphspace.nets.registries import undecided


def test_the_generator_grows_256_maps_of_7_to_an_image():
    shapes = []
    net = build("generator", "dcgan", {}).eval()
    for layer in net.draw:
        if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
            layer.register_forward_hook(lambda layer, given, made: shapes.append(tuple(made.shape[1:])))
    net(torch.zeros(2, 100))
    assert net.project.out_features == 256 * 7 * 7
    assert shapes == [(128, 7, 7), (64, 14, 14), (1, 28, 28)]


def test_the_one_discriminator_gives_the_probability_of_the_others_logit():
    logits, probabilities = (build("discriminator", name, {}).eval() for name in ("dcgan-logits", "dcgan"))
    probabilities.load_state_dict(logits.state_dict())
    images = torch.randn(8, 1, 28, 28)
    torch.testing.assert_close(probabilities(images), logits(images).sigmoid())
    assert (undecided(logits), undecided(probabilities)) == (0.0, 0.5)


@pytest.mark.parametrize("name", ["dcgan-logits", "dcgan"])
def test_a_discriminator_has_two_convolutions_and_one_batch_norm(name):
    kinds = [type(layer) for layer in build("discriminator", name, {}).look]
    assert kinds.count(nn.Conv2d) == 2 and kinds.count(nn.BatchNorm2d) == 1
