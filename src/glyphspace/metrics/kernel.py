"""Kernel distance: an unbiased distance between two sets of features that assumes no shape of their clouds."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import stream
from .checks import check_pair
from .neighbours import BLOCK


@dataclass(frozen=True)
class KernelDistance:
    """A kernel distance and how far it may be from the truth.

    Attributes:
        value: MMD² over the whole sets. Unbiased, so it falls a little below 0 when they come from one source.
        standard_error: of `value`, from disjoint blocks. It is too wide where the two are nearly alike.
    """

    value: float
    standard_error: float


def kernel_distance(
    real: Float[Tensor, "n d"], fake: Float[Tensor, "m _"], blocks: int = 10, seed: int = 0
) -> KernelDistance:
    """The kernel distance between two sets of features and its standard error.

    The sets are shuffled by `seed`, cut into `blocks` disjoint blocks, and the spread of the blocks' own distances
    gives the standard error.

    Raises:
        BadInput: fewer than two rows a block, widths that differ, values that are not finite.
    """
    if blocks < 2:
        raise BadInput(f"a standard error needs at least 2 blocks, not {blocks}")
    check_pair(real, fake, at_least=2 * blocks)
    pairs = zip(_shuffled(real, seed, "real", blocks), _shuffled(fake, seed, "fake", blocks), strict=True)
    values = torch.tensor([squared_mmd(*pair) for pair in pairs], dtype=torch.float64)
    return KernelDistance(squared_mmd(real, fake), float(values.std() / blocks**0.5))


def squared_mmd(real: Float[Tensor, "n d"], fake: Float[Tensor, "m _"], block: int = BLOCK) -> float:
    """Unbiased MMD² with the kernel (x·y / d + 1)³, in float64 (Bińkowski et al. 2018, Demystifying MMD GANs).

    Args:
        real, fake: features [n, d] and [m, d], n and m ≥ 2, which may differ.
        block: kernel values that are held at a time, 8 bytes each.

    Raises:
        BadInput: fewer than two rows, widths that differ, values that are not finite.
    """
    check_pair(real, fake, at_least=2)
    x, y = real.double(), fake.double()
    n, m = len(x), len(y)
    within_x = (_kernel_sum(x, x, block) - _own_kernel_sum(x)) / (n * (n - 1))
    within_y = (_kernel_sum(y, y, block) - _own_kernel_sum(y)) / (m * (m - 1))
    return within_x + within_y - 2 * _kernel_sum(x, y, block) / (n * m)


def _kernel_sum(x: Tensor, y: Tensor, block: int) -> float:
    rows = max(1, block // len(y))
    return sum(float((part @ y.T).div_(x.shape[1]).add_(1).pow_(3).sum()) for part in x.split(rows))


def _own_kernel_sum(x: Tensor) -> float:
    """The kernel of each row with itself, which an unbiased estimate leaves out."""
    return float((x.square().sum(dim=1) / x.shape[1] + 1).pow(3).sum())


def _shuffled(features: Tensor, seed: int, name: str, blocks: int) -> tuple[Tensor, ...]:
    order = torch.randperm(len(features), generator=stream(seed, "kernel distance", name))
    return features[order].tensor_split(blocks)
