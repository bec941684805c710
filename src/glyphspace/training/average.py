"""The running average of a generator's weights, which makes better images than the weights of any one step."""

import torch
from torch import nn


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, images_seen: int, batch_size: int, half_life: int) -> None:
    """Move `average` towards `net` in place: exponential, its memory halved every `half_life` images.

    The half-life is never longer than a tenth of the images seen, so that the average does not hold on to the
    beginning. Buffers (the statistics of batch norm) are averaged like weights. A half-life of 0 copies.

    Source: Progressive Growing of GANs, 2018; the ramp is StyleGAN2-ADA's, 2020.
    """
    memory = min(half_life, images_seen / 10)
    keep = 0.5 ** (batch_size / memory) if memory > 0 else 0.0
    ours, theirs = (list(n.parameters()) + [b for b in n.buffers() if b.is_floating_point()] for n in (average, net))
    torch._foreach_lerp_(ours, theirs, 1 - keep)
