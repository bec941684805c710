"""Optimisers as the loops use them: built from words, their state as named tensors."""

from collections.abc import Callable, Iterable, Mapping

import torch
from torch import Tensor, nn

from ..core.errors import BadInput
from ..core.registry import Registry
from .muon import Muon

Parameters = Iterable[nn.Parameter]
Builder = Callable[[Parameters, float, tuple[float, float], float], torch.optim.Optimizer]

optimizers: Registry[Builder] = Registry("optimizer")


@optimizers.register("adam")
def adam(parameters: Parameters, rate: float, betas: tuple[float, float], weight_decay: float) -> torch.optim.Optimizer:
    """Adam, with decoupled weight decay on what has more than one dimension (AdamW, 2019)."""
    return torch.optim.AdamW(_groups(parameters, weight_decay), lr=rate, betas=betas, fused=True)


@optimizers.register("sgd")
def sgd(parameters: Parameters, rate: float, betas: tuple[float, float], weight_decay: float) -> torch.optim.Optimizer:
    """Stochastic gradient descent with Nesterov momentum `betas[0]`."""
    groups = _groups(parameters, weight_decay)
    return torch.optim.SGD(groups, lr=rate, momentum=betas[0], nesterov=betas[0] > 0, fused=True)


@optimizers.register("muon")
def muon(parameters: Parameters, rate: float, betas: tuple[float, float], weight_decay: float) -> torch.optim.Optimizer:
    """Muon for kernels of convolutions, Nesterov momentum `betas[0]` for everything else."""
    return Muon(parameters, rate, betas[0], weight_decay)


def _groups(parameters: Parameters, weight_decay: float) -> list[dict[str, object]]:
    everything = list(parameters)
    decayed = [p for p in everything if p.ndim > 1]
    plain = [p for p in everything if p.ndim <= 1]
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": plain, "weight_decay": 0.0}]


def set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """Let the next step be taken with this learning rate."""
    for group in optimizer.param_groups:
        group["lr"] = rate


def state_of(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """The optimiser's memory as tensors named "3/exp_avg": the parameter's place and what is remembered."""
    places = _places(optimizer)
    return {
        f"{places[parameter]}/{name}": value
        for parameter, memory in optimizer.state.items()
        for name, value in memory.items()
        if isinstance(value, Tensor)
    }


def restore_state(optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor]) -> None:
    """Give the optimiser back the memory that `state_of` took, each tensor in the layout of its parameter."""
    parameters = {str(place): parameter for parameter, place in _places(optimizer).items()}
    for key, tensor in tensors.items():
        place, _, name = key.partition("/")
        parameter = parameters.get(place)
        if parameter is None or (tensor.ndim and tensor.shape != parameter.shape):
            raise BadInput(f"the checkpoint's optimiser does not fit the net (see {key!r})")
        like = parameter if tensor.ndim else tensor
        optimizer.state[parameter][name] = torch.empty_like(like, device=parameter.device).copy_(tensor)
    if len({frozenset(memory) for memory in optimizer.state.values()}) > 1:
        raise BadInput("the checkpoint's optimiser is not whole; train again in another folder")


def _places(optimizer: torch.optim.Optimizer) -> dict[Tensor, int]:
    everything = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    return {parameter: place for place, parameter in enumerate(everything)}
