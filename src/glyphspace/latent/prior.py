"""Where latents come from: priors by name. Latent number i is the same, however many are drawn at a time."""

from collections.abc import Callable
from typing import Protocol

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.randomness import stream
from ..core.registry import Registry

BLOCK = 256  # latents that one draw of random numbers makes

Latents = Float32[Tensor, "n z"]


class Prior(Protocol):
    """Latents float32 [count, z_dim]: number `start` and those after it of the draw named by `seed` and `names`."""

    def __call__(self, count: int, z_dim: int, seed: int, *names: str | int, start: int = 0) -> Latents: ...


priors: Registry[Prior] = Registry("prior")


@priors.register("normal")
def normal(count: int, z_dim: int, seed: int, *names: str | int, start: int = 0) -> Latents:
    """Independent N(0, 1), what generators are trained on; the norm of a latent is about √z_dim."""

    def draw(generator: torch.Generator) -> Tensor:
        # torch draws single precision with vector instructions, so its last bits differ from processor to processor.
        return torch.randn(BLOCK, z_dim, dtype=torch.float64, generator=generator).float()

    return _in_blocks(draw, count, start, seed, *names)


@priors.register("uniform")
def uniform(count: int, z_dim: int, seed: int, *names: str | int, start: int = 0) -> Latents:
    """Independent U[0, 1), as `torch.rand` draws: the latents of the report "GAN and CNN to conquer MNIST"."""

    def draw(generator: torch.Generator) -> Tensor:
        return torch.rand(BLOCK, z_dim, generator=generator)

    return _in_blocks(draw, count, start, seed, *names)


@priors.register("symmetric")
def symmetric(count: int, z_dim: int, seed: int, *names: str | int, start: int = 0) -> Latents:
    """Independent U[-1, 1): uniform, but around the point that generators are trained around."""
    return uniform(count, z_dim, seed, *names, start=start).mul(2).sub(1)


def _in_blocks(
    draw: Callable[[torch.Generator], Tensor], count: int, start: int, seed: int, *names: str | int
) -> Latents:
    """Rows `start` to `start + count` of all blocks below each other, each of which is a draw of its own."""
    first, last = start // BLOCK, max(start, start + count - 1) // BLOCK
    blocks = [draw(stream(seed, *names, "block", number)) for number in range(first, last + 1)]
    skipped = start - first * BLOCK
    return torch.cat(blocks)[skipped : skipped + count].clone()
