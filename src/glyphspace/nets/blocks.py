"""Blocks that larger nets are put together from: how a layer is made, how the two ways of a block come together."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

Convolution = Callable[[int, int, int, int], nn.Module]
"""From channels in, channels out, the size of the kernel and the stride to a layer."""
Norm = Callable[[int], nn.Module]
"""From channels to a layer."""
Ways = Callable[[nn.Module, nn.Module], nn.Module]
"""From the layers of a block and its shortcut to the block."""


class Ingredients(NamedTuple):
    """What blocks are made of: the convolution that may resize, the norm, and how the two ways come together."""

    resize: Convolution
    norm: Norm
    ways: Ways


class Residual(nn.Module):
    """What the layers make, added to the shortcut (Deep Residual Learning, 2016)."""

    def __init__(self, layers: nn.Module, shortcut: nn.Module) -> None:
        super().__init__()
        self.layers, self.shortcut = layers, shortcut

    def forward(self, x: Float[Tensor, "n c h w"]) -> Float[Tensor, "n d k l"]:
        return self.layers(x) + self.shortcut(x)


def straight(layers: nn.Module, shortcut: nn.Module) -> nn.Module:
    """The layers alone."""
    return layers


def block(inputs: int, outputs: int, stride: int, made_of: Ingredients, shortcut: Convolution) -> nn.Module:
    """Norm, ReLU and a 3×3 convolution, twice, of which the first resizes; a 1×1 convolution is the shortcut."""
    resize, norm, ways = made_of
    before, after = (norm(inputs), nn.ReLU()), (norm(outputs), nn.ReLU())
    layers = nn.Sequential(*before, resize(inputs, outputs, 3, stride), *after, convolution(outputs, outputs, 3))
    return ways(layers, shortcut(inputs, outputs, 1, stride))


def normed(inputs: int, outputs: int, size: int, stride: int = 1) -> tuple[nn.Module, ...]:
    """A convolution that makes images `stride` times as small, batch norm in place of its bias, and ReLU."""
    layer = nn.Conv2d(inputs, outputs, size, stride, padding=(size - 1) // 2, bias=False)
    return layer, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)


def xavier(layer: nn.Conv2d | nn.ConvTranspose2d | nn.Linear) -> nn.Module:
    """`layer` with Xavier's weights and no bias to begin with (Understanding the difficulty of training, 2010)."""
    nn.init.xavier_uniform_(layer.weight)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer


class Pointwise(nn.Conv2d):
    """A 1×1 convolution of the pixels that its stride comes to.

    They are taken before it, and not in it: for the weights' gradient at a stride of 2 and 3 or 4 channels, oneDNN's
    kernel for AVX2 was seen to wait for ever on two threads, and to break the heap.
    """

    def forward(self, input: Float[Tensor, "n c h w"]) -> Float[Tensor, "n d k l"]:
        down, across = self.stride
        return nn.functional.conv2d(input[:, :, ::down, ::across], self.weight, self.bias)


def convolution(inputs: int, outputs: int, size: int, stride: int = 1) -> nn.Module:
    """A convolution that makes images `stride` times as small."""
    return xavier((Pointwise if size == 1 else nn.Conv2d)(inputs, outputs, size, stride, padding=size // 2))


def resized_convolution(inputs: int, outputs: int, size: int, stride: int = 1) -> nn.Module:
    """A convolution of images that repetition makes `stride` times as large (Deconvolution and artifacts, 2016)."""
    layer = convolution(inputs, outputs, size)
    return nn.Sequential(nn.Upsample(scale_factor=stride), layer) if stride > 1 else layer


def transposed_convolution(inputs: int, outputs: int, size: int, stride: int = 1) -> nn.Module:
    """A transposed convolution that makes images `stride` times as large."""
    return xavier(nn.ConvTranspose2d(inputs, outputs, size, stride, padding=size // 2, output_padding=stride - 1))


def no_norm(channels: int) -> nn.Module:
    """Leaves activations as they are."""
    return nn.Identity()


def spectral(net: nn.Module) -> nn.Module:
    """`net`, every layer's largest singular value held at 1 (Spectral Normalization for GANs, 2018)."""
    for module in list(net.modules()):
        if isinstance(module, nn.Conv2d | nn.Linear):
            spectral_norm(module)
    return net


class OneHot(nn.Module):
    """Looks classes up as the corners of a simplex: a 1 in the place of the class."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.num_embeddings = self.embedding_dim = classes

    def forward(self, labels: Int64[Tensor, " n"]) -> Float[Tensor, "n classes"]:
        return (labels[:, None] == torch.arange(self.num_embeddings, device=labels.device)).float()
