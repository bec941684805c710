"""Nets for use by the million: copies that compute nearly the same in about half the time, and cannot be trained.

Batch norm is folded into the convolution before it, a transposed convolution to few channels becomes a convolution and
a pixel shuffle, pooling goes before a ReLU (which commutes with it), and what is left is computed in bfloat16 where it
is the faster. A pixel then differs by a few levels of 256 (more where a curve of tones is steep), and one label in
hundreds, of images that were in doubt before; `benchmarks/labelled_latents.py` counts both.
"""

import copy
from dataclasses import replace
from itertools import pairwise
from typing import TypeGuard

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.utils import fuse_conv_bn_eval
from torch.nn.utils.parametrize import is_parametrized

from ..nets.maps import PixelShuffle
from ..nets.model import Model
from ..nets.registries import kinds
from ..nets.use import evaluating
from ..training.device import PRECISIONS, choose_compute

FEW = 4  # channels up to which a convolution to four times as many, shuffled, is faster than a transposed one


class Quick(nn.Module):
    """A net in another precision whose inputs and outputs are float32."""

    def __init__(self, net: nn.Module, dtype: torch.dtype) -> None:
        super().__init__()
        self.net, self.dtype = net.to(dtype), dtype

    def forward(self, *inputs: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
        return self.net(*(each.to(self.dtype) for each in inputs)).float()


class Halved(nn.Module):
    """The maximum of each 2×2 pixels, three times as fast as `MaxPool2d(2)`, which remembers where it was."""

    def forward(self, maps: Float[Tensor, "n c h w"]) -> Float[Tensor, "n c h2 w2"]:
        height, width = (size // 2 * 2 for size in maps.shape[2:])
        rows = torch.maximum(maps[:, :, 0:height:2], maps[:, :, 1:height:2])
        return torch.maximum(rows[..., 0:width:2], rows[..., 1:width:2])


def quick(model: Model, precision: str = "auto") -> Model:
    """`model` with a quick copy of its net, for `decode`, `classify` and `label`.

    Args:
        precision: "float32", "bfloat16", or "auto": bfloat16 where it is the faster of the two, if the net is of our
            registries; another may use an operation that is not to be had in it.
    """
    dtype = PRECISIONS[quick_precision(model, precision)]
    with evaluating(model.net):
        net = copy.deepcopy(model.net).eval().requires_grad_(False)
    for module in list(net.modules()):
        if isinstance(module, nn.Sequential):
            _rebuild(module)
    wrapped = Quick(net, dtype).eval()
    for name in (
        "z_dim",
        "condition_dim",
        "channels",
        "embed",
    ):  # what the nets of this room are asked besides being called
        if hasattr(model.net, name):
            setattr(wrapped, name, getattr(model.net, name))
    return replace(model, net=wrapped)


def quick_precision(model: Model, precision: str = "auto") -> str:
    """In which precision `quick` computes here: "float32" or "bfloat16"."""
    if precision == "auto" and model.architecture not in kinds[model.kind]:
        precision = "float32"
    return choose_compute(precision=precision).precision


def _rebuild(layers: nn.Sequential) -> None:
    made: list[nn.Module] = []
    for layer in layers:
        before = made[-1] if made else None
        if isinstance(layer, nn.BatchNorm2d) and _has_plain_weights(before):
            made[-1] = fuse_conv_bn_eval(before, layer, transpose=isinstance(before, nn.ConvTranspose2d))
        elif isinstance(layer, nn.MaxPool2d) and isinstance(before, nn.ReLU):
            made.insert(-1, _pooling(layer))
        else:
            made.append(layer)
    for before, layer in pairwise(made):
        if isinstance(layer, nn.ReLU | nn.LeakyReLU) and isinstance(before, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            layer.inplace = True
    del layers[:]
    layers.extend(_upward(layer) if _has_plain_weights(layer) else layer for layer in made)


def _pooling(layer: nn.MaxPool2d) -> nn.Module:
    plain = (layer.padding, layer.dilation, layer.ceil_mode, layer.return_indices) == (0, 1, False, False)
    return Halved() if plain and layer.kernel_size == layer.stride == 2 else layer


def _upward(layer: nn.Conv2d | nn.ConvTranspose2d) -> nn.Module:
    """A transposed convolution in its fastest form; a convolution as it is."""
    if not isinstance(layer, nn.ConvTranspose2d):
        return layer
    if _doubles_to_few(layer):
        return _shuffled(layer)
    # Of a subclass that computes the same in a way that is better for training, only what it computes is wanted.
    layer.__class__ = nn.ConvTranspose2d
    return layer


def _has_plain_weights(layer: nn.Module | None) -> TypeGuard[nn.Conv2d | nn.ConvTranspose2d]:
    """Whether it is a convolution whose weights no parametrization, such as a spectral norm, makes anew each time."""
    return isinstance(layer, nn.Conv2d | nn.ConvTranspose2d) and not is_parametrized(layer)


def _doubles_to_few(layer: nn.ConvTranspose2d) -> bool:
    return (
        layer.out_channels <= FEW
        and layer.groups == 1
        and (layer.kernel_size, layer.stride, layer.padding) == ((3, 3), (2, 2), (1, 1))
        and (layer.output_padding, layer.dilation) == ((1, 1), (1, 1))
    )


def _shuffled(layer: nn.ConvTranspose2d) -> nn.Module:
    """The convolution and the pixel shuffle that give what a 3×3 transposed convolution of stride 2 gives.

    An output at 2h + a is the sum over k of weight[k] · input[h - (k - 1 - a) / 2], so of the three offsets of a 3×3
    kernel each a uses those that make k whole.
    """
    few = layer.out_channels
    kernels = torch.zeros(2, 2, few, layer.in_channels, 3, 3)
    for row in range(2):
        for column in range(2):
            for y, above in _taps(row):
                for x, left in _taps(column):
                    kernels[row, column, :, :, y, x] = layer.weight[:, :, above, left].T
    convolution = nn.Conv2d(layer.in_channels, 4 * few, 3, padding=1, bias=layer.bias is not None)
    convolution.weight = nn.Parameter(kernels.flatten(0, 2), requires_grad=False)
    if layer.bias is not None:
        convolution.bias = nn.Parameter(layer.bias.repeat(4), requires_grad=False)
    return nn.Sequential(convolution, PixelShuffle())


def _taps(parity: int) -> list[tuple[int, int]]:
    """Pairs of a place in the kernel of the convolution and one in that of the transposed convolution."""
    return [(offset + 1, k) for offset in (-1, 0, 1) if 0 <= (k := parity + 1 - 2 * offset) < 3]
