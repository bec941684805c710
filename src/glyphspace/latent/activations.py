"""What the layers of a net put out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Float32
from torch import Tensor, nn

from ..core.errors import BadInput, UnknownName
from ..nets.use import BATCH, evaluating


class Layer(NamedTuple):
    """A module of a net that holds no others: its name there, and the shape of what it puts out, without the batch."""

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
        BadInput: there are no inputs.
    """
    names = [name for name, module in net.named_modules() if not list(module.children())]
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
    return torch.cat(parts)


@contextmanager
def _watching(net: nn.Module, watch: Any) -> Iterator[None]:
    """Have `watch(name, output)` called after every layer of `net`, which is in evaluation mode meanwhile."""
    handles = [
        module.register_forward_hook(lambda _, __, output, name=name: watch(name, output))
        for name, module in net.named_modules()
        if not list(module.children())
    ]
    try:
        with evaluating(net), torch.no_grad():
            yield
    finally:
        for handle in handles:
            handle.remove()
