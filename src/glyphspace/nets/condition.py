"""Conditions: what a conditional net is told besides its input, a point in a space in which each class has a place."""

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn


def condition_dim(net: nn.Module) -> int:
    """How many numbers a condition of `net` has; 0 when it takes none."""
    return int(getattr(net, "condition_dim", 0))


def told(net: nn.Module, labels: Int64[Tensor, " n"]) -> tuple[Float[Tensor, "n e"], ...]:
    """What `net` is called with after its input: these classes' conditions, or nothing when it takes none."""
    return (net.embed(labels),) if condition_dim(net) else ()  # type: ignore[operator]  # torch's stub lacks it


class ConditionalBatchNorm(nn.Module):
    """Batch norm whose scale and shift are a linear function of the condition (A learned representation, 2017).

    They begin at 1 and 0 plus a little that differs from condition to condition.
    """

    def __init__(self, channels: int, condition_dim: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.scale_and_shift = nn.Linear(condition_dim, 2 * channels)
        nn.init.zeros_(self.scale_and_shift.bias)
        nn.init.normal_(self.scale_and_shift.weight, std=0.02)

    def forward(self, x: Float[Tensor, "n c h w"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n c h w"]:
        scale, shift = self.scale_and_shift(condition)[:, :, None, None].chunk(2, 1)
        if self.training:
            return torch.addcmul(shift, self.norm(x), 1 + scale)
        mean, variance = (self.norm.get_buffer(f"running_{what}")[:, None, None] for what in ("mean", "var"))
        factor = (1 + scale) * (variance + self.norm.eps).rsqrt()  # both in one pass over x
        return torch.addcmul(shift - mean * factor, x, factor)
