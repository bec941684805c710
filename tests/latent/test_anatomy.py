import pytest
import torch
from torch import nn

from glyphspace.latent.anatomy import SHOWN, layer_pictures, pixel_kernels
from glyphspace.nets import build

NET = nn.Sequential(
    nn.Conv2d(1, 12, 5), nn.ReLU(), nn.Conv2d(12, 4, 3), nn.Conv2d(4, 1, 1), nn.Flatten(), nn.Linear(400, 2)
)


def test_kernels_are_those_that_touch_pixels():
    inner = nn.Conv2d(12, 12, 3)
    found = pixel_kernels(nn.Sequential(NET, inner))
    assert list(found) == ["0.0", "0.2"]
    assert torch.equal(found["0.0"], NET[0].weight.detach()[:, 0])
    assert pixel_kernels(nn.Linear(2, 2)) == {}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("generator", "fast"),
        ("generator", "reference"),
        ("classifier", "whitened"),
        ("discriminator", "cgan-reference"),
    ],
)
def test_nets_of_every_make_have_kernels_to_show(kind, name):
    assert pixel_kernels(build(kind, name, {}))


def test_layers_are_shown_once_for_each_shape_with_the_channels_that_vary_most():
    found = layer_pictures(NET, [torch.randn(1, 1, 26, 26)])
    assert list(found) == ["1\n12×22×22", "2\n4×20×20", "3\n1×20×20"]
    for page in found.values():
        assert page.shape == (SHOWN, 28, 28) and page.dtype == torch.uint8
    assert found["1\n12×22×22"].max() == 255
    assert found["2\n4×20×20"][4:].max() == 0
    assert layer_pictures(nn.Linear(2, 2), [torch.zeros(1, 2)]) == {}
