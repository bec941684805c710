"""What the layers of a net put out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Float32
from torch import Tensor, nn
from torch.nn.utils.parametrize import is_parametrized

from ..core.errors import BadInput, UnknownName
from ..nets.use import BATCH, evaluating


class Layer(NamedTuple):
    """A module of a net that holds no other layers: its name there, and the shape of what it puts out for one input."""

    name: str
    shape: tuple[int, ...]


def layers(net: nn.Module, *inputs: Float[Tensor, "n *_"]) -> tuple[Layer, ...]:
    """The layers of `net` in the order in which `inputs`, of which one row is enough, first go through them."""
    found: dict[str, Layer] = {}

    def note(name: str, output: Tensor) -> None:
        found.setdefault(name, Layer(name, tuple(output.shape[1:])))

    with _watching(net, note):
        net(*(each[:1] for each in inputs))
    return tuple(found.values())


def activations(net: nn.Module, inputs: Sequence[Float[Tensor, "n *_"]], layer: str) -> Float32[Tensor, "n *shape"]:
    """What `layer` puts out when `net` is called with `inputs`, n ≥ 1, as `layers` names it.

    Raises:
        UnknownName: no layer is called so.
        BadInput: there are no inputs, or the layer has no part in evaluation.
    """
    names = [name for name, _ in _leaves(net)]
    if layer not in names:
        raise UnknownName("layer", layer, names)
    if not len(inputs[0]):
        raise BadInput("a net that is given nothing has no activations")
    parts: list[Tensor] = []

    def keep(name: str, output: Tensor) -> None:
        if name == layer:
            parts.append(output.detach().float().clone())  # the next layer may work in place

    with _watching(net, keep):
        for start in range(0, len(inputs[0]), BATCH):
            net(*(each[start : start + BATCH] for each in inputs))
    if not parts:
        raise BadInput(f"nothing goes through the layer {layer!r} when the net is evaluated")
    return torch.cat(parts)


def _leaves(net: nn.Module, name: str = "") -> Iterator[tuple[str, nn.Module]]:
    """The modules that hold no others, and those that hold but what makes their weights, as a spectral norm does."""
    children = list(net.named_children())
    if not children or is_parametrized(net):
        yield name, net
        return
    for part, child in children:
        yield from _leaves(child, f"{name}.{part}" if name else part)


@contextmanager
def _watching(net: nn.Module, watch: Any) -> Iterator[None]:
    """Have `watch(name, output)` called after every layer of `net`, which is in evaluation mode meanwhile."""
    handles = [
        module.register_forward_hook(lambda _, __, output, name=name: watch(name, output))
        for name, module in _leaves(net)
    ]
    try:
        with evaluating(net), torch.no_grad():
            yield
    finally:
        for handle in handles:
            handle.remove()
