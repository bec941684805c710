"""The tones of a generator: measured once its weights are final, on as many of its images as real ones."""

import copy

import torch
from jaxtyping import Float
from torch import Tensor, nn

from ..data.images import LabelledImages
from ..data.scaling import to_bytes
from ..nets.condition import told
from ..nets.tones import Tones
from ..nets.use import BATCH


@torch.no_grad()
def toned(generator: nn.Module, latents: Float[Tensor, "n z"], real: LabelledImages) -> nn.Module:
    """`generator` itself, or of one with tones a copy whose images have the grey levels of `real`, n images.

    A conditional one draws the classes of these.
    """
    if not any(isinstance(layer, Tones) for layer in generator.modules()):
        return generator
    net = copy.deepcopy(generator).eval()
    given = (latents, *told(net, real.labels.to(latents.device)))
    for layer in net.modules():
        if isinstance(layer, Tones):
            layer.train()  # it must not see what it has changed itself
            drawn = [to_bytes(net(*part)).cpu() for part in zip(*(each.split(BATCH) for each in given), strict=True)]
            layer.eval().measure(torch.cat(drawn), real.images)
    return net
