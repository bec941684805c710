import pytest
import torch
from torch import nn

from glyphspace.nets.blocks import (
    Ingredients,
    OneHot,
    Pointwise,
    Residual,
    block,
    convolution,
    no_norm,
    resized_convolution,
    spectral,
    straight,
    transposed_convolution,
)

X = torch.randn(2, 3, 8, 8)


@pytest.mark.parametrize("size", [1, 3])
def test_a_convolution_makes_images_smaller_and_the_others_make_them_larger(size):
    for stride in (1, 2):
        assert convolution(3, 5, size, stride)(X).shape == (2, 5, 8 // stride, 8 // stride)
        for larger in (resized_convolution, transposed_convolution):
            assert larger(3, 5, size, stride)(X).shape == (2, 5, 8 * stride, 8 * stride)


def test_a_residual_block_is_its_layers_and_its_shortcut():
    torch.manual_seed(0)
    whole = block(3, 5, 2, Ingredients(convolution, no_norm, Residual), shortcut=convolution)
    assert isinstance(whole, Residual)
    torch.testing.assert_close(whole(X), whole.layers(X) + whole.shortcut(X))
    torch.manual_seed(0)
    layers = block(3, 5, 2, Ingredients(convolution, no_norm, straight), shortcut=convolution)
    assert torch.equal(layers(X), whole.layers(X))


def test_spectral_norm_holds_every_layer_at_1():
    torch.manual_seed(0)
    net = spectral(nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(144, 2)))
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.mul_(10)
    for _ in range(30):
        net(X)
    for layer in (net[0], net[2]):
        assert torch.linalg.matrix_norm(layer.weight.flatten(1), 2).item() == pytest.approx(1, abs=0.02)


def test_one_hot_is_what_torch_says():
    labels = torch.tensor([0, 2, 1, 2])
    assert torch.equal(OneHot(3)(labels), nn.functional.one_hot(labels, 3).float())


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_pointwise_convolution_is_one_of_the_pixels_it_comes_to(stride):
    layer = Pointwise(4, 6, 1, stride)
    layer.load_state_dict((plain := nn.Conv2d(4, 6, 1, stride)).state_dict())
    images = torch.randn(2, 4, 7, 8)
    torch.testing.assert_close(layer(images), plain(images))
    assert isinstance(convolution(4, 6, 1, 2), Pointwise)
