import pytest
import torch
from torch import nn
from torch.nn.utils.parametrize import is_parametrized

from glyphspace.nets import build, discriminators, generators
from glyphspace.nets.blocks import Residual

GENERATORS = [name for name in generators if name.startswith("cgan-resnet")]
DISCRIMINATORS = [name for name in discriminators if name.startswith("cgan-resnet")]
IMAGES = torch.rand(4, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 2 - 1
LABELS = torch.tensor([0, 3, 3, 9])


def size(net):
    return sum(parameter.numel() for parameter in net.parameters())


def kinds(kind, name):
    return [type(module) for module in build(kind, name, {}).modules()]


def weighty(net):
    return [module for module in net.modules() if isinstance(module, nn.Conv2d | nn.Linear | nn.ConvTranspose2d)]


def test_parameter_counts_are_those_of_the_document():
    assert size(build("generator", "cgan-resnet", {})) == 285_375
    assert size(build("discriminator", "cgan-resnet", {})) == 618_751


def test_each_generator_lacks_what_its_name_says():
    whole = kinds("generator", "cgan-resnet")
    assert whole.count(Residual) == 3 and whole.count(nn.BatchNorm2d) == 7 and whole.count(nn.Upsample) == 4
    assert Residual not in kinds("generator", "cgan-resnet-without-residual")
    assert nn.BatchNorm2d not in kinds("generator", "cgan-resnet-without-norm")
    transposed = kinds("generator", "cgan-resnet-transposed")
    assert transposed.count(nn.ConvTranspose2d) == 3 and transposed.count(nn.Upsample) == 2  # those of the shortcuts
    assert size(build("generator", "cgan-resnet-transposed", {})) == 285_375


def test_each_discriminator_lacks_what_its_name_says():
    for name in DISCRIMINATORS:
        net = build("discriminator", name, {})
        assert all(is_parametrized(layer) for layer in weighty(net)) == ("without-spectral" not in name)
        assert any(isinstance(module, Residual) for module in net.modules()) == ("without-residual" not in name)
    assert size(build("discriminator", "cgan-resnet-without-spectral-norm", {})) == 618_751


@pytest.mark.parametrize(("name", "early"), [("cgan-resnet-joined-first", True), ("cgan-resnet", False)])
def test_the_class_joins_where_the_name_says(name, early):
    net = build("discriminator", name, {}).eval()
    found = []
    net.early.register_forward_hook(lambda layer, given, made: found.append(made))
    for label in (1, 2):
        net(IMAGES[:1], net.embed(torch.tensor([label])))
    assert torch.equal(found[0], found[1]) != early


def test_a_projection_is_a_direction_of_each_class():
    net = build("discriminator", "cgan-resnet-projection", {}).eval()
    features = net.features(IMAGES)
    assert features.shape == (4, 128)
    conditions = net.embed(LABELS)
    expected = net.decide(features).squeeze(1) + (features * conditions).sum(1)
    torch.testing.assert_close(net(IMAGES, conditions), expected)
    assert torch.linalg.matrix_norm(net.embed.weight, 2) < 1.5  # under spectral norm, but for few steps of it


def test_a_dual_projection_compares_two_directions_that_also_name_the_class():
    net = build("discriminator", "cgan-resnet-dual-projection", {}).eval()
    features = net.features(IMAGES)
    of_real, of_fake = net.labels_of_real(features), net.labels_of_fake(features)
    assert of_real.shape == of_fake.shape == (4, 10)
    further = (of_real - of_fake).gather(1, LABELS[:, None]).squeeze(1)
    torch.testing.assert_close(net(IMAGES, net.embed(LABELS)), net.decide(features).squeeze(1) + further)


@pytest.mark.parametrize("name", GENERATORS)
def test_fresh_generators_draw_the_classes_differently(name):
    net = build("generator", name, {}).eval()
    z = torch.randn(1, 50)
    assert (net(z, net.embed(torch.tensor([0]))) - net(z, net.embed(torch.tensor([9])))).abs().max() > 1e-4


def test_weights_begin_as_xavier_has_them():
    net = build("generator", "cgan-resnet", {})
    bound = (6 / (53 + 3136)) ** 0.5
    assert 0.95 * bound < net.project.weight.abs().max() <= bound
    assert all((layer.bias == 0).all() for layer in weighty(net))
