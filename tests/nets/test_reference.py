import pytest
import torch
from torch import nn

from glyphspace.nets import build
from glyphspace.nets.dropout import LeakyDropout
from glyphspace.nets.reference import ReferenceCNN, ReferenceDiscriminator, ReferenceGenerator


def size(net):
    return sum(parameter.numel() for parameter in net.parameters())


def test_parameter_counts_are_those_of_the_document():
    assert size(ReferenceGenerator()) == 377_121
    assert size(ReferenceDiscriminator()) == 246_529
    assert size(ReferenceCNN()) == 28_938


def test_the_generator_grows_7_to_28_in_four_transposed_convolutions():
    sizes = []
    net = ReferenceGenerator().eval()
    for layer in net.draw:
        if isinstance(layer, nn.ConvTranspose2d):
            layer.register_forward_hook(lambda layer, given, made: sizes.append(tuple(made.shape[1:])))
    images = net(torch.zeros(2, 100))
    assert sizes == [(64, 14, 14), (32, 14, 14), (16, 14, 14), (1, 28, 28)]
    assert images.shape == (2, 1, 28, 28)


def test_the_discriminator_drops_after_every_convolution_and_has_no_sigmoid():
    net = ReferenceDiscriminator()
    kinds = [type(layer) for layer in net.look]
    assert kinds == [nn.Conv2d, LeakyDropout] * 4
    assert {(layer.slope, layer.dropped / 256) for layer in net.look[1::2]} == {(0.2, 0.5)}
    nn.init.constant_(net.decide.bias, 5.0)
    assert (net.eval()(torch.zeros(3, 1, 28, 28)) > 1).all()


@pytest.mark.parametrize("classes", [2, 10, 47])
def test_the_classifier_gives_a_logit_a_class_from_1568_features(classes):
    net = build("classifier", "reference", {"classes": classes})
    images = torch.randn(3, 1, 28, 28)
    features = net.features(images)
    assert features.shape == (3, 1568)
    torch.testing.assert_close(net(images), net.decide(features))
    assert net(images).shape == (3, classes)


@pytest.mark.parametrize("z_dim", [1, 50])
def test_the_generator_takes_latents_of_the_size_it_names(z_dim):
    net = build("generator", "reference", {"z_dim": z_dim}).eval()
    assert net.z_dim == z_dim
    assert net(torch.randn(2, z_dim)).shape == (2, 1, 28, 28)
