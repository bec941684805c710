import pytest
import torch
from torch import nn

from glyphspace.nets.maps import (
    FoldedConvolution,
    LinearOfMap,
    PixelShuffle,
    PlacedConvolution,
    UpConvolution,
    as_maps,
    as_rows,
    columns,
    from_rows,
)


def there_and_back(layer, x):
    """What a layer makes, and every gradient."""
    x = x.clone().requires_grad_()
    made = layer(x)
    made.square().sum().backward()
    return [made, x.grad, *(parameter.grad for parameter in layer.parameters())]


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_a_linear_layer_of_maps_is_flatten_and_linear(layout):
    ours = LinearOfMap(6 * 3 * 5, 4)
    torch_own = nn.Sequential(nn.Flatten(), nn.Linear(6 * 3 * 5, 4))
    torch_own[1].load_state_dict(ours.state_dict())
    x = torch.randn(7, 6, 3, 5).to(memory_format=layout)
    for here, there in zip(there_and_back(ours, x), there_and_back(torch_own, x), strict=True):
        torch.testing.assert_close(here, there)


@pytest.mark.parametrize("stride", [1, 2])
def test_an_up_convolution_is_a_transposed_convolution(stride):
    shape = {"stride": stride, "padding": 1, "output_padding": stride - 1}
    ours, torch_own = UpConvolution(4, 3, 3, **shape), nn.ConvTranspose2d(4, 3, 3, **shape)
    torch_own.load_state_dict(ours.state_dict())
    x = torch.randn(5, 4, 7, 7)
    for here, there in zip(there_and_back(ours, x), there_and_back(torch_own, x), strict=True):
        torch.testing.assert_close(here, there)


def test_rows_and_columns_go_in_the_same_order():
    maps, weight = torch.randn(5, 6, 7, 7), torch.randn(2, 6 * 49)
    torch.testing.assert_close(as_rows(maps) @ columns(weight, 6).T, maps.flatten(1) @ weight.T)


def test_maps_are_the_rows_channel_after_channel_and_lie_channels_last():
    rows = torch.randn(3, 8 * 49)
    maps = as_maps(rows, 8)
    assert torch.equal(maps, rows.view(3, 8, 7, 7))
    assert maps.is_contiguous(memory_format=torch.channels_last)
    assert as_rows(maps).data_ptr() == maps.data_ptr()


def test_rows_that_go_pixel_after_pixel_are_maps_without_a_copy():
    rows = torch.randn(3, 8 * 49)
    maps = from_rows(rows, 8)
    assert torch.equal(as_rows(maps), rows)
    assert maps.is_contiguous(memory_format=torch.channels_last)
    assert maps.data_ptr() == rows.data_ptr()


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(("size", "padding"), [(2, 0), (3, 1), (4, 1), (5, 2), (6, 2)])
def test_a_folded_convolution_is_a_convolution_of_stride_2(channels, size, padding):
    ours, torch_own = (kind(channels, 5, size, stride=2, padding=padding) for kind in (FoldedConvolution, nn.Conv2d))
    torch_own.load_state_dict(ours.state_dict())
    x = torch.randn(4, channels, 28, 28)
    for here, there in zip(there_and_back(ours, x), there_and_back(torch_own, x), strict=True):
        torch.testing.assert_close(here, there, atol=1e-3, rtol=1e-4)


@pytest.mark.parametrize("bias", [True, False])
def test_a_placed_convolution_and_its_shuffle_are_torchs_own(bias):
    ours = nn.Sequential(PlacedConvolution(3, 8, 3, padding=1, bias=bias), PixelShuffle())
    torch_own = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=bias), nn.PixelShuffle(2))
    torch_own.load_state_dict(ours.state_dict())
    x = torch.randn(5, 3, 7, 6)
    for here, there in zip(there_and_back(ours, x), there_and_back(torch_own, x), strict=True):
        torch.testing.assert_close(here, there)
