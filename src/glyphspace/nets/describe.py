"""What a net is made of: its layers one after another, the shapes between them, and where its parameters are."""

import copy
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrize import is_parametrized

from .blocks import Residual
from .condition import ConditionalBatchNorm, told
from .dropout import Dropout, LeakyDropout
from .registries import LabellingDiscriminator


class LayerSummary(NamedTuple):
    """A layer in a few words, the shape of what it puts out (without the batch), and how many parameters it has."""

    name: str
    shape: tuple[int, ...]
    parameters: int


def describe(net: nn.Module, input_shape: tuple[int, ...]) -> list[LayerSummary]:
    """The layers of `net` in the order in which an input of `input_shape` (without the batch) goes through them.

    Layers are the modules that hold no others. What a net does to a tensor between two of them shows in the shapes:
    it is "reshape" or "flatten" where there are as many numbers before and after, "pool" where there are fewer and
    "join" where there are more. What a net does to its condition alone, or to name a class, is called "class …", and
    what the shortcut of a residual block does to its input, "skip …".
    The net is left alone: a copy of it without memory is walked through, and nothing is computed.
    """
    found: list[LayerSummary] = []
    shape = input_shape
    outline = copy.deepcopy(net).to("meta").eval()
    aside: list[Tensor] = [torch.zeros(1, dtype=torch.int64, device="meta")]  # the class, and what was made of it
    shortcuts = {each for block in outline.modules() if isinstance(block, Residual) for each in _layers(block.shortcut)}

    def note(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal shape
        size = sum(p.numel() for p in module.parameters())
        if module in shortcuts or any(inputs[0] is tensor for tensor in aside):
            way = "skip" if module in shortcuts else "class"
            aside.append(output)
            found.append(LayerSummary(f"{way} {_name(module)}", tuple(output.shape[1:]), size))
            return
        given = tuple(inputs[0].shape[1:])
        if given != shape:
            found.append(LayerSummary(_between(shape, given), given, 0))
        shape = tuple(output.shape[1:])
        found.append(LayerSummary(_name(module), shape, size))

    given = torch.empty(1, *input_shape, device="meta")
    labelling = isinstance(outline, LabellingDiscriminator)
    if labelling:
        aside.append(outline.features(given))  # type: ignore[operator]  # torch's stub hides methods of modules
    for layer in _layers(outline):
        layer.register_forward_hook(note)
    outline(given, *told(outline, aside[0]))
    if labelling:
        outline.labels_of_real(aside[1])  # type: ignore[operator]
    return found


def _layers(module: nn.Module) -> Iterator[nn.Module]:
    if isinstance(module, nn.Identity):
        return
    children = list(module.children())
    # A parametrization, such as a spectral norm, is no layer of its own.
    if not children or is_parametrized(module) or isinstance(module, ConditionalBatchNorm):
        yield module
        return
    for child in children:
        yield from _layers(child)


def _between(before: tuple[int, ...], after: tuple[int, ...]) -> str:
    more = torch.Size(after).numel() - torch.Size(before).numel()
    if more:
        return "join" if more > 0 else "pool"
    return "flatten" if len(after) == 1 else "reshape"


_WORDS: dict[type[nn.Module], Callable[..., str]] = {
    nn.Conv2d: lambda layer: f"conv {_size(layer.kernel_size)}",
    nn.ConvTranspose2d: lambda layer: f"up-conv {_size(layer.kernel_size)}",
    nn.MaxPool2d: lambda layer: f"max pool {_size(layer.kernel_size)}",
    nn.Linear: lambda layer: "linear",
    nn.BatchNorm1d: lambda layer: "batch norm",
    nn.BatchNorm2d: lambda layer: "batch norm",
    nn.LeakyReLU: lambda layer: f"leaky ReLU {layer.negative_slope:g}",
    LeakyDropout: lambda layer: f"leaky ReLU {layer.slope:g}, dropout {layer.dropped / 256:.2g}",
    Dropout: lambda layer: f"dropout {layer.dropped / 256:.2g}",
    nn.ReLU: lambda layer: "ReLU",
}


def _name(layer: nn.Module) -> str:
    for kind, words in _WORDS.items():
        if isinstance(layer, kind):
            return words(layer)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(layer).__name__.removeprefix("Parametrized")).lower()


def _size(kernel: int | tuple[int, int]) -> str:
    height, width = (kernel, kernel) if isinstance(kernel, int) else kernel
    return f"{height}×{width}"
