"""The running average of a generator's weights, which makes better images than the weights of any one step."""

import torch
from torch import Tensor, nn


class Follower:
    """Moves `average` towards `net`: exponential, its memory halved every `half_life` images; 0 copies.

    The half-life is never longer than a tenth of the images seen, so that the average does not hold on to the
    beginning. Buffers (the statistics of batch norm) are averaged like weights.

    Source: Progressive Growing of GANs, 2018; the ramp is StyleGAN2-ADA's, 2020.
    """

    def __init__(self, average: nn.Module, net: nn.Module, half_life: int) -> None:
        self.half_life = half_life
        self._ours, self._theirs = _numbers(average), _numbers(net)

    @torch.no_grad()
    def follow(self, images_seen: int, batch_size: int) -> None:
        """Take the step after a batch, when this many images have been seen, in place."""
        memory = min(self.half_life, images_seen / 10)
        keep = 0.5 ** (batch_size / memory) if memory > 0 else 0.0
        torch._foreach_lerp_(self._ours, self._theirs, 1 - keep)


def _numbers(net: nn.Module) -> list[Tensor]:
    """The weights of a net and those of its buffers that can be averaged."""
    return [*net.parameters(), *(buffer for buffer in net.buffers() if buffer.is_floating_point())]
