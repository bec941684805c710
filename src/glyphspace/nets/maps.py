"""Layers on maps of features that lie channels last in memory: what torch's own compute, with less copying.

In that layout a convolution is fastest on a CPU. Their parameters have the names and shapes of torch's.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import conv2d, conv_transpose2d, linear, pad


class LinearOfMap(nn.Linear):
    """`Flatten` and then `Linear`: it is the weights that are put into the order of the pixels, not the pixels.

    Maps that are flat already are taken as they are.
    """

    def forward(self, maps: Float[Tensor, "n *map"]) -> Float[Tensor, "n o"]:
        if maps.ndim == 2:
            return super().forward(maps)
        return linear(as_rows(maps), columns(self.weight, maps.shape[1]), self.bias)


def as_maps(rows: Float[Tensor, "n d"], channels: int) -> Float[Tensor, "n c 7 7"]:
    """Rows that go channel after channel as maps of 7×7, channels last."""
    return rows.view(-1, channels, 7, 7).contiguous(memory_format=torch.channels_last)


def from_rows(rows: Float[Tensor, "n d"], channels: int) -> Float[Tensor, "n c 7 7"]:
    """Rows that go pixel after pixel as maps of 7×7, channels last, without a copy."""
    return rows.view(-1, 7, 7, channels).permute(0, 3, 1, 2)


def as_rows(maps: Float[Tensor, "n c h w"]) -> Float[Tensor, "n d"]:
    """Each map as one row, pixel after pixel, without a copy where it lies channels last."""
    return maps.permute(0, 2, 3, 1).flatten(1)


def columns(weight: Float[Tensor, "o d"], channels: int) -> Float[Tensor, "o d"]:
    """The columns of `weight`, which go channel after channel, in the order of `as_rows`."""
    return weight.unflatten(1, (channels, -1)).transpose(1, 2).flatten(1)


class UpConvolution(nn.ConvTranspose2d):
    """`ConvTranspose2d` whose bias is added afterwards: its gradient took torch longer than that of the weights."""

    def forward(
        self, maps: Float[Tensor, "n i h w"], output_size: list[int] | None = None
    ) -> Float[Tensor, "n o h2 w2"]:
        assert self.bias is not None and isinstance(self.padding, tuple) and output_size is None
        shape = self.stride, self.padding, self.output_padding, self.groups, self.dilation
        made = conv_transpose2d(maps, self.weight, None, *shape)
        return made.add_(self.bias.to(made.dtype).view(-1, 1, 1))


class PlacedConvolution(nn.Conv2d):
    """`Conv2d` in front of `PixelShuffle`: its channels come out place after place, to be moved as whole runs.

    Torch's pixel shuffle has the four places of each channel side by side, and takes every number on its own.
    """

    def forward(self, maps: Float[Tensor, "n i h w"]) -> Float[Tensor, "n o h w"]:
        bias = None if self.bias is None else _by_place(self.bias)
        return conv2d(maps, _by_place(self.weight), bias, self.stride, self.padding, self.dilation, self.groups)


class FoldedConvolution(nn.Conv2d):
    """`Conv2d` that halves images of few channels: two by two pixels become channels first, which is quicker.

    The kernel goes over the folded images in steps of 1; where it would look outside of itself it has zeros.
    """

    def forward(self, images: Float[Tensor, "n i h w"]) -> Float[Tensor, "n o h2 w2"]:
        assert isinstance(self.padding, tuple)
        size, padding = self.kernel_size[0], self.padding[0]
        before = padding % 2  # of the first pair of pixels, that the kernel does not reach
        around = (padding + before) // 2
        pairs = 2 * around + 1
        weight = pad(self.weight, (before, 2 * pairs - before - size) * 2)
        weight = weight.unflatten(3, (pairs, 2)).unflatten(2, (pairs, 2)).permute(0, 3, 5, 1, 2, 4).flatten(1, 3)
        return conv2d(_folded(images), weight, self.bias, padding=around)


def _folded(images: Float[Tensor, "n i h w"]) -> Float[Tensor, "n j h2 w2"]:
    """Each two by two pixels as channels, place after place, channels last."""
    pairs = images.permute(0, 2, 3, 1).unflatten(2, (-1, 2)).unflatten(1, (-1, 2))
    return pairs.transpose(2, 3).flatten(3).permute(0, 3, 1, 2)


def _by_place(weights: Float[Tensor, "o *rest"]) -> Float[Tensor, "o *rest"]:
    return weights.unflatten(0, (-1, 4)).transpose(0, 1).flatten(0, 1)


class PixelShuffle(nn.Module):
    """Four channels become two by two pixels, as in torch's, of what a `PlacedConvolution` made."""

    def forward(self, maps: Float[Tensor, "n o h w"]) -> Float[Tensor, "n c h2 w2"]:
        pixels = maps.permute(0, 2, 3, 1).unflatten(3, (2, 2, -1))
        return pixels.transpose(2, 3).flatten(3, 4).flatten(1, 2).permute(0, 3, 1, 2)
