import pytest
import torch
from torch import nn

from glyphspace.nets import build

IMAGES = torch.rand(6, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 2 - 1


def size(net):
    return sum(parameter.numel() for parameter in net.parameters())


def test_width_is_what_a_net_costs():
    for kind, name in (
        ("generator", "fast"),
        ("discriminator", "fast"),
    ):
        assert size(build(kind, name, {"width": 8})) < size(build(kind, name, {"width": 16})) / 2


def test_a_spectral_norm_adds_no_parameters_and_holds_every_layer_at_1():
    plain, net = build("discriminator", "fast", {"width": 8}), build("discriminator", "fast-spectral", {"width": 8})
    assert size(plain) == size(net)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.mul_(10)
    for _ in range(30):
        net(IMAGES)  # a step of the power method each
    for layer in net.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            largest = torch.linalg.matrix_norm(layer.weight.flatten(1), 2).item()
            assert largest == pytest.approx(1, abs=0.02)
