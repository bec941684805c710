import pytest
import torch

from glyphspace.nets import build

IMAGES = torch.rand(6, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 2 - 1


def size(net):
    return sum(parameter.numel() for parameter in net.parameters())


@pytest.mark.parametrize("name", ["fast", "deep", "whitened"])
def test_width_is_what_a_net_costs(name):
    assert size(build("classifier", name, {"width": 8})) < size(build("classifier", name, {"width": 16})) / 2


@pytest.mark.parametrize("name", ["fast", "deep", "whitened"])
def test_the_features_are_each_channels_maximum_and_mean(name):
    net = build("classifier", name, {"width": 4}).eval()
    seen = net.look(IMAGES)
    features = net.features(IMAGES)
    assert features.shape == (6, 32)
    torch.testing.assert_close(features[:, :16], seen.flatten(2).max(2).values)
    torch.testing.assert_close(features[:, 16:], seen.flatten(2).mean(2))
