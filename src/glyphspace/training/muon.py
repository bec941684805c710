"""Muon: momentum whose kernels are made orthogonal before they are subtracted, so that every direction learns alike."""

from collections.abc import Callable, Iterable

import torch
from jaxtyping import Float
from torch import Tensor, nn

KERNEL_MOMENTUM = 0.6  # as in airbench: what is made orthogonal needs less
ITERATIONS = 3
QUINTIC = (3.4445, -4.7750, 2.0315)  # moves singular values from (0, 1] towards 1 fastest, and no nearer than it must


class Muon(torch.optim.Optimizer):
    """Muon (Jordan et al. 2024) for kernels of convolutions; plain Nesterov momentum for everything else.

    A kernel keeps the norm √outputs, as in "94% on CIFAR-10 in 3.29 Seconds on a Single GPU" (2024), which takes the
    place of weight decay; normalisation must follow it, so that its size means nothing.

    Args:
        parameters: those of four dimensions with several inputs are kernels.
        rate: the learning rate, of both.
        momentum: of everything else.
        weight_decay: of what else has more than one dimension.
    """

    def __init__(self, parameters: Iterable[nn.Parameter], rate: float, momentum: float, weight_decay: float) -> None:
        everything = list(parameters)
        kernels = [p for p in everything if _is_kernel(p)]
        matrices = [p for p in everything if not _is_kernel(p) and p.ndim > 1]
        vectors = [p for p in everything if p.ndim <= 1]
        groups = [
            {"params": kernels, "update": _move_kernel, "momentum": KERNEL_MOMENTUM, "weight_decay": 0.0},
            {"params": matrices, "update": _move, "momentum": momentum, "weight_decay": weight_decay},
            {"params": vectors, "update": _move, "momentum": momentum, "weight_decay": 0.0},
        ]
        super().__init__([group for group in groups if group["params"]], {"lr": rate})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]  # no loss is returned
        """Take one step along the gradients that there are."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                memory = self.state[parameter]
                if not memory:
                    memory["momentum_buffer"] = torch.zeros_like(parameter)
                buffer = memory["momentum_buffer"].mul_(group["momentum"]).add_(parameter.grad)
                direction = parameter.grad.add(buffer, alpha=group["momentum"])
                if group["weight_decay"]:
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                group["update"](parameter, direction, group["lr"])


def _is_kernel(parameter: Tensor) -> bool:
    return parameter.ndim == 4 and parameter.shape[1] > 1


def _move(parameter: Tensor, direction: Tensor, rate: float) -> None:
    parameter.add_(direction, alpha=-rate)


def _move_kernel(kernel: Tensor, direction: Tensor, rate: float) -> None:
    kernel.mul_(len(kernel) ** 0.5 / kernel.norm().clamp(min=1e-7))
    kernel.add_(orthogonal(direction.flatten(1)).view_as(kernel), alpha=-rate)


def orthogonal(matrix: Float[Tensor, "m n"]) -> Float[Tensor, "m n"]:
    """A matrix with the singular vectors of `matrix` and singular values near 1, by Newton and Schulz' iteration."""
    a, b, c = QUINTIC
    wide = matrix if len(matrix) <= matrix.shape[1] else matrix.T
    near = wide / (wide.norm() + 1e-7)
    for _ in range(ITERATIONS):
        square = near @ near.T
        near = a * near + (b * square + c * square @ square) @ near
    return near if wide is matrix else near.T
