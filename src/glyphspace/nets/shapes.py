"""A net before it has weights: its layers and their shapes, without memory and without chance."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from .registries import build


def outline(kind: str, name: str, numbers: Mapping[str, object]) -> nn.Module:
    """What `build` would build, on torch's "meta" device; weights are to be assigned.

    Raises:
        BadInput: as `build`.
    """
    with torch.device("meta"), _Shapes():
        return build(kind, name, numbers)


def _alike(tensor: Tensor, *_: Any, **__: Any) -> Tensor:
    return tensor


def _quotient(tensor: Tensor, divisor: Tensor | float) -> Tensor:
    by_one_number = tensor.is_floating_point() and getattr(divisor, "ndim", 0) == 0
    return tensor if by_one_number else tensor.div(divisor)


def _summed(tensor: Tensor, _: Tensor) -> Tensor:
    return tensor.new_empty(tensor.shape[:-1])


# What these give, but for its numbers. They begin a net's weights, and the norms that spectral norm divides by.
SHAPED = {
    nn.init.normal_: _alike,
    Tensor.normal_: _alike,
    functional.normalize: _alike,
    Tensor.div: _quotient,
    torch.mv: _summed,
    torch.vdot: _summed,
}


class _Shapes(TorchFunctionMode):
    """The block in which these are not computed: for what it computes without memory, torch imports its compiler."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return SHAPED.get(func, func)(*args, **(kwargs or {}))
