"""How a net is used that is not being trained: in which layout, for how many at a time, and in which mode."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

BATCH = 200  # the activations of more than that no longer fit the caches, and the time of an image doubles


def channels_last(net: nn.Module) -> nn.Module:
    """`net` itself, its weights laid out with channels last, where convolutions take half the time."""
    return net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stub lacks it


@contextmanager
def evaluating(net: nn.Module) -> Iterator[None]:
    """Put `net` in evaluation mode for the block, and each of its modules back in its own mode after it."""
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    try:
        yield
    finally:
        for module, mode in modes:
            module.training = mode


@contextmanager
def frozen(net: nn.Module) -> Iterator[None]:
    """In the block no parameter of `net` asks for a gradient; afterwards those do that did."""
    asking = [parameter for parameter in net.parameters() if parameter.requires_grad]
    for parameter in asking:
        parameter.requires_grad_(False)
    try:
        yield
    finally:
        for parameter in asking:
            parameter.requires_grad_(True)
