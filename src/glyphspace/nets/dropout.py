"""Dropout whose masks are named draws, and cheap.

`torch`'s own dropout draws one float per activation from the global generator; on a CPU that alone was half of a
plain training step. Here a bit per activation decides at the usual rate of 0.5, 64 of them come out of one draw, and
the draw belongs to the layer: `reseed` sets it before each step, so a step does not depend on what ran before it.
"""

from functools import cache

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import leaky_relu

from ..core.errors import BadInput
from ..core.randomness import derive_seed

_WHOLE = {2: torch.int16, 4: torch.int32, 8: torch.int64}  # by the bytes of a float of the same size


class Dropout(nn.Module):
    """Zeroes each activation with probability `rate`, to the nearest 1/256, and scales the others to keep the mean.

    Raises:
        BadInput: the rate is below 0, or so near 1 that nothing would be kept.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        if not 0 <= rate * 256 <= 255:
            raise BadInput(f"dropout at a rate of {rate} cannot be; give one from 0 to {255 / 256:.3f}")
        self.dropped = round(rate * 256)  # of 256
        self.generator = torch.Generator()

    def forward(self, x: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
        if not self.training or self.dropped == 0:
            return x
        return x * self._mask(x)

    def _mask(self, x: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
        """Nought, or what an activation that is kept is multiplied by; in the shape, kind and layout of `x`."""
        scale, places = _pattern(256 / (256 - self.dropped), x.dtype, x.device)
        bits = self._bits(-(-x.numel() // 64)).to(x.device).view(places.dtype)
        # Each number of `bits` decides for as many activations as it has bits: moved to the place of the sign, and
        # from there to every place, a bit keeps the scale whole or blots it out.
        kept = (bits << places).bitwise_right_shift_(len(places) - 1).bitwise_and_(scale)
        return kept.view(x.dtype).as_strided(x.shape, torch.empty_like(x).stride())

    def _bits(self, words: int) -> Tensor:
        """int64 [words] in which each bit is 1 with the probability that an activation is kept."""
        kept = 256 - self.dropped
        lowest = kept & -kept
        found = self._draw(words)
        # From the lowest digit of the probability that is not 0: a digit 1 lets a fresh bit add, a 0 lets it take away.
        for digit in range(lowest.bit_length(), 8):
            fresh = self._draw(words)
            found = found.bitwise_or_(fresh) if kept >> digit & 1 else found.bitwise_and_(fresh)
        return found

    def _draw(self, words: int) -> Tensor:
        return torch.empty(words, dtype=torch.int64).random_(-(2**63), None, generator=self.generator)

    def extra_repr(self) -> str:
        return f"rate={self.dropped / 256:.4f}"


class LeakyDropout(Dropout):
    """Leaky ReLU and then dropout, as one product: a third less to read and write than the two."""

    def __init__(self, slope: float, rate: float) -> None:
        super().__init__(rate)
        self.slope = slope

    def forward(self, x: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
        if not self.training or self.dropped == 0:
            return leaky_relu(x, self.slope)
        # What a gradient is multiplied by on its way back is what the activation is multiplied by on its way there.
        return x * torch.ops.aten.leaky_relu_backward(self._mask(x), x.detach(), self.slope, False)

    def extra_repr(self) -> str:
        return f"slope={self.slope:g}, {super().extra_repr()}"


@cache
def _pattern(scale: float, kind: torch.dtype, device: torch.device) -> tuple[int, Int[Tensor, "bits 1"]]:
    """The bits of the number `scale` as a whole number, and the places of its bits as a column."""
    whole = _WHOLE[kind.itemsize]
    bits = int(torch.tensor(scale, dtype=kind).view(whole))
    return bits, torch.arange(8 * kind.itemsize, dtype=whole, device=device).unsqueeze(1)


def reseed(net: nn.Module, seed: int, *names: str | int) -> None:
    """Give every `Dropout` in `net` its own draw, named by `names` and its place in the net."""
    layers = [module for module in net.modules() if isinstance(module, Dropout)]
    for place, layer in enumerate(layers):
        layer.generator.manual_seed(derive_seed(seed, "dropout", place, *names))
