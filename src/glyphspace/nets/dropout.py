"""Dropout whose masks are named draws, and cheap.

`torch`'s own dropout draws one float per activation from the global generator; on a CPU that alone was half of a
plain training step. Here a byte per activation decides, eight of them come out of one 64-bit draw, and the draw
belongs to the layer: `reseed` sets it before each step, so a step does not depend on what ran before it.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ..core.errors import BadInput
from ..core.randomness import derive_seed


class Dropout(nn.Module):
    """Zeroes each activation with probability `rate`, to the nearest 1/256, and scales the others to keep the mean.

    Raises:
        BadInput: the rate is below 0, or so near 1 that nothing would be kept.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        if not 0 <= rate * 256 <= 255:
            raise BadInput(f"dropout at a rate of {rate} cannot be; give one from 0 to {255 / 256:.3f}")
        self.dropped = round(rate * 256)  # of the 256 values of a byte
        self.generator = torch.Generator()

    def forward(self, x: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
        if not self.training or self.dropped == 0:
            return x
        return x * self._mask(x)

    def _mask(self, x: Tensor) -> Tensor:
        words = torch.empty((x.numel() + 7) // 8, dtype=torch.int64)
        words.random_(-(2**63), None, generator=self.generator)
        kept = words.view(torch.uint8)[: x.numel()] >= self.dropped
        scaled = kept.to(x.device, x.dtype) * (256 / (256 - self.dropped))
        return scaled.as_strided(x.shape, torch.empty_like(x).stride())  # in the layout of x: no copy follows

    def extra_repr(self) -> str:
        return f"rate={self.dropped / 256:.4f}"


def reseed(net: nn.Module, seed: int, *names: str | int) -> None:
    """Give every `Dropout` in `net` its own draw, named by `names` and its place in the net."""
    layers = [module for module in net.modules() if isinstance(module, Dropout)]
    for place, layer in enumerate(layers):
        layer.generator.manual_seed(derive_seed(seed, "dropout", place, *names))
