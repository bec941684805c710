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
    torch.manual_seed(0)  # of some weights the power method finds the largest value slowly
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


@pytest.mark.parametrize(
    ("kind", "name"),
    [("generator", "fast"), ("generator", "conditional"), ("discriminator", "fast"), ("discriminator", "projection")],
)
def test_depth_adds_layers_that_keep_the_shape_and_can_be_differentiated_twice(kind, name):
    shallow, deep = (build(kind, name, {"width": 8, **more}) for more in ({}, {"depth": 2}))
    assert size(deep) > size(shallow)
    told = (deep.embed(torch.arange(6)),) if hasattr(deep, "embed") else ()
    given = (torch.randn(6, deep.z_dim) if kind == "generator" else IMAGES).clone().requires_grad_(True)
    made = deep(given, *told)
    assert made.shape == shallow(given, *told).shape
    (gradient,) = torch.autograd.grad(made.sum(), given, create_graph=True)
    gradient.square().sum().backward()
    assert all(torch.isfinite(p.grad).all() for p in deep.parameters() if p.grad is not None)
