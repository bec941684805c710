import pytest
import torch
from torch import nn

from glyphspace.nets import build
from glyphspace.nets.cgan_reference import ConditionalReferenceDiscriminator, ConditionalReferenceGenerator
from glyphspace.nets.reference import ReferenceDiscriminator


def size(net):
    return sum(parameter.numel() for parameter in net.parameters())


def test_parameter_counts_are_those_of_the_document():
    assert size(ConditionalReferenceGenerator()) == 229_887
    assert size(ConditionalReferenceDiscriminator()) == 249_983


def test_a_class_is_three_numbers_and_for_the_discriminator_a_picture():
    net = ConditionalReferenceDiscriminator()
    assert size(net) - size(ReferenceDiscriminator()) == 10 * 3 + 3 * 784 + 784 + 32 * 9
    seen = []
    net.look[0].register_forward_hook(lambda layer, given, made: seen.append(given[0]))
    images = torch.randn(2, 1, 28, 28)
    net(images, net.embed(torch.tensor([4, 7])))
    assert torch.equal(seen[0][:, :1], images)
    assert not torch.equal(seen[0][0, 1], seen[0][1, 1])


def test_batch_norm_follows_the_generators_linear_layer_too():
    kinds = [type(layer) for layer in ConditionalReferenceGenerator().draw]
    assert kinds.count(nn.BatchNorm2d) == 4 and kinds[0] is nn.BatchNorm2d


@pytest.mark.parametrize("classes", [2, 47])
def test_any_number_of_classes_can_be_told_apart(classes):
    for kind in ("generator", "discriminator"):
        net = build(kind, "cgan-reference", {"classes": classes}).eval()
        given = torch.randn(1, 50) if kind == "generator" else torch.randn(1, 1, 28, 28)
        first, last = (net(given, net.embed(torch.tensor([of]))) for of in (0, classes - 1))
        assert not torch.equal(first, last)
