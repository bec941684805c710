"""The tones of a generator: measured once its weights are final, on as many of its images as real ones."""

import copy

import torch
from jaxtyping import Float, Int64, UInt8
from torch import Tensor, nn

from ..core.randomness import stream
from ..data.images import LabelledImages
from ..data.scaling import to_bytes
from ..nets.condition import condition_dim, told
from ..nets.tones import UNCHANGED, Tones, curve_between
from ..nets.use import BATCH
from .state import Splits

IMAGES = 20_000  # of either kind, at most


@torch.no_grad()
def toned(generator: nn.Module, splits: Splits, seed: int) -> nn.Module:
    """`generator` itself, or of one with tones a copy whose images have the grey levels of training images.

    A conditional one draws the classes of these, and each class has the levels of its own.
    """
    if not any(isinstance(layer, Tones) for layer in generator.modules()):
        return generator
    net = copy.deepcopy(generator).eval()
    _, real = next(splits.samples(IMAGES, seed))
    for layer in net.modules():
        if isinstance(layer, Tones):
            layer.train()  # it must not see what it has changed itself
            drawn = drawn_like(net, real.labels, seed)
            layer.eval()
            layer.learn(*_curves(net, drawn, real, len(layer.curves)))
    return net


def _curves(
    net: nn.Module, drawn: UInt8[Tensor, "n *stack 28 28"], real: LabelledImages, classes: int
) -> tuple[Float[Tensor, "k 256"], Float[Tensor, "k e"]]:
    """The curve between what `net` has drawn and real images, for each class that it can be told, and its condition."""
    if not condition_dim(net):
        return curve_between(drawn, real.images)[None], torch.empty(1, 0)
    curves = torch.tensor([UNCHANGED] * classes)
    for each in real.labels.unique():
        alike = real.labels == each
        curves[each] = curve_between(drawn[alike], real.images[alike])
    return curves, net.embed.weight  # type: ignore[union-attr,return-value]  # torch's stub lacks it


def drawn_like(net: nn.Module, labels: Int64[Tensor, " n"], seed: int) -> UInt8[Tensor, "n *stack 28 28"]:
    """An image of each label, by a conditional net; by another as many."""
    device = next(net.parameters()).device
    latents = torch.randn(len(labels), int(net.z_dim), generator=stream(seed, "latents", "tones"))  # type: ignore[arg-type]
    given = (latents.to(device), *told(net, labels.to(device)))
    parts = zip(*(each.split(BATCH) for each in given), strict=True)
    return torch.cat([to_bytes(net(*part)).cpu() for part in parts])
