import torch

from glyphspace.nets import build
from glyphspace.nets.condition import ConditionalBatchNorm, condition_dim, told


def test_an_unconditional_net_is_told_nothing():
    net = build("generator", "fast", {})
    assert condition_dim(net) == 0 and told(net, torch.tensor([1])) == ()


def test_a_conditional_net_is_told_the_places_of_classes():
    net = build("generator", "conditional", {"condition_dim": 5})
    (found,) = told(net, torch.tensor([3, 3, 0]))
    assert condition_dim(net) == 5
    assert torch.equal(found, net.embed.weight[[3, 3, 0]])


def test_conditional_batch_norm_scales_and_shifts_what_plain_batch_norm_gives():
    layer = ConditionalBatchNorm(4, 3)
    x, condition = torch.randn(6, 4, 5, 5) * 3 + 1, torch.randn(6, 3)
    plain = torch.nn.BatchNorm2d(4, affine=False)(x)
    scale, shift = layer.scale_and_shift(condition).chunk(2, 1)
    expected = plain * (1 + scale)[:, :, None, None] + shift[:, :, None, None]
    torch.testing.assert_close(layer(x, condition), expected)
    assert (layer(x, condition) - plain).abs().mean() < 0.1  # to begin with


def test_in_use_it_is_the_same_with_the_statistics_that_it_learned():
    layer, plain = ConditionalBatchNorm(4, 3), torch.nn.BatchNorm2d(4, affine=False)
    for norm in (layer.norm, plain):
        norm.running_mean.copy_(torch.tensor([1.0, -2.0, 0.0, 0.5]))
        norm.running_var.copy_(torch.tensor([4.0, 0.1, 1.0, 2.0]))
    x, condition = torch.randn(6, 4, 5, 5) * 3 + 1, torch.randn(6, 3)
    scale, shift = layer.scale_and_shift(condition)[:, :, None, None].chunk(2, 1)
    torch.testing.assert_close(layer.eval()(x, condition), plain.eval()(x) * (1 + scale) + shift)
