"""The tones of a generator: measured once its weights are final, on as many of its images as real ones."""

import copy

import torch
from torch import nn

from ..core.randomness import stream
from ..data.scaling import to_bytes
from ..nets.condition import told
from ..nets.tones import Tones
from ..nets.use import BATCH
from .state import Splits

IMAGES = 5_000  # of either kind, at most


@torch.no_grad()
def toned(generator: nn.Module, splits: Splits, seed: int) -> nn.Module:
    """`generator` itself, or of one with tones a copy whose images have the grey levels of training images.

    A conditional one draws the classes of these.
    """
    if not any(isinstance(layer, Tones) for layer in generator.modules()):
        return generator
    net = copy.deepcopy(generator).eval()
    _, real = next(splits.samples(IMAGES, seed))
    device = next(net.parameters()).device
    latents = torch.randn(len(real), int(net.z_dim), generator=stream(seed, "latents", "tones"))  # type: ignore[arg-type]
    given = (latents.to(device), *told(net, real.labels.to(device)))
    for layer in net.modules():
        if isinstance(layer, Tones):
            layer.train()  # it must not see what it has changed itself
            drawn = [to_bytes(net(*part)).cpu() for part in zip(*(each.split(BATCH) for each in given), strict=True)]
            layer.eval().measure(torch.cat(drawn), real.images)
    return net
