"""Weights from elsewhere: a state_dict whose names are another's, fitted to one of our nets layer by layer.

People write the same net in many ways, as one `nn.Sequential` or with a name for each layer, and the names of its
tensors follow. What is told by shape is kept: a layer of ours takes, in order, the first of theirs with tensors of the
same names and shapes.
"""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn

from ..core.errors import BadInput
from .model import fill

COUNTER = "num_batches_tracked"  # of batch norm, which older files lack and nothing depends on


class Layer(NamedTuple):
    """A layer of a state_dict: what its tensors' names begin with, and their shapes by how the names end."""

    name: str
    shapes: tuple[tuple[str, tuple[int, ...]], ...]


def adopt(net: nn.Module, tensors: Mapping[str, Tensor]) -> tuple[tuple[str, str], ...]:
    """Give `net`, which may have no memory yet, the weights in `tensors`.

    Returns:
        Which layer took which, (ours, theirs), in the order of ours.

    Raises:
        BadInput: a layer of ours finds no match, one of theirs is left over, or a weight is not finite.
    """
    wanted = net.state_dict()
    free = _layers(tensors)
    pairs: list[tuple[str, str]] = []
    for layer in _layers(wanted):
        match = next((other for other in free if other.shapes == layer.shapes), None)
        if match is None:
            shapes = ", ".join(f"{name} {list(shape)}" for name, shape in layer.shapes)
            raise BadInput(f"it has no layer for {layer.name!r} ({shapes}): it is another net")
        free.remove(match)
        pairs.append((layer.name, match.name))
    if free:
        raise BadInput(f"its layer {free[0].name!r} is one too many: it is another net")
    given = {
        _join(ours, end): tensors[_join(theirs, end)]
        for ours, theirs in pairs
        for end in _ends(wanted, ours)
        if end != COUNTER
    }
    counters = {name: torch.zeros((), dtype=torch.int64) for name in wanted if name.endswith(COUNTER)}
    fill(net, {**given, **counters})
    return tuple(pairs)


def _layers(tensors: Mapping[str, Tensor]) -> list[Layer]:
    names = dict.fromkeys(name.rpartition(".")[0] for name in tensors)
    return [layer for name in names if (layer := Layer(name, _shapes(tensors, name))).shapes]


def _shapes(tensors: Mapping[str, Tensor], layer: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    ends = sorted(end for end in _ends(tensors, layer) if end != COUNTER)
    return tuple((end, tuple(tensors[_join(layer, end)].shape)) for end in ends)


def _ends(tensors: Mapping[str, Tensor], layer: str) -> list[str]:
    return [name.rpartition(".")[2] for name in tensors if name.rpartition(".")[0] == layer]


def _join(layer: str, end: str) -> str:
    return f"{layer}.{end}" if layer else end
