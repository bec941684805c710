"""The last layer of a generator that is to have the grey levels of what it learned from.

Where ink is thin or paper blank, a discriminator hardly sees a level or two of 255, and a generator leaves a haze there
that no scan has. A curve over the levels takes it away: it is measured once the weights are final. Where classes were
scanned in different ways, each has a curve of its own.
"""

import math

import torch
from jaxtyping import Float, UInt8
from torch import Tensor, nn

LEVELS = 256
UNCHANGED = [2 * level / (LEVELS - 1) - 1 for level in range(LEVELS)]
STRAY = 1e-4  # what a class has of another's curve, at most
CLOSE = 1e-6  # squared distance below which two classes have one place


def tones_if(wanted: int, condition_dim: int = 0, classes: int = 1) -> list[nn.Module]:
    """The tones that a generator ends with: none or one layer of them."""
    if wanted > 1:
        raise ValueError(f"one layer of tones is enough, not {wanted}")
    return [Tones(condition_dim, classes) for _ in range(wanted)]


class Tones(nn.Module):
    """A curve from each level of grey to another, straight in between; while a net is trained, nothing is changed.

    Each class has its curve at its condition; elsewhere the curves of the classes near by are mixed, the nearer the
    more.

    Args:
        condition_dim: numbers of a condition; 0 for a net that takes none, and has one curve.
        classes: how many curves there are.
    """

    curves: Float[Tensor, "k 256"]
    places: Float[Tensor, "k e"]
    sharpness: Float[Tensor, ""]

    def __init__(self, condition_dim: int = 0, classes: int = 1) -> None:
        super().__init__()
        self.register_buffer("curves", torch.tensor([UNCHANGED] * classes))
        self.register_buffer("places", torch.zeros(classes, condition_dim))
        self.register_buffer("sharpness", torch.tensor(0.0))

    def forward(
        self, images: Float[Tensor, "n c h w"], condition: Float[Tensor, "n e"] | None = None
    ) -> Float[Tensor, "n c h w"]:
        if self.training:
            return images
        exact = torch.promote_types(images.dtype, torch.float32)
        curves = self.curves.to(exact)
        if condition is None:
            mixed = curves.expand(images.shape[0], -1)
        else:
            mixed = (self._shares(condition.to(exact)) @ curves).to(exact)  # autocast would leave less
        levels = (images.to(exact).flatten(1) + 1) * ((LEVELS - 1) / 2)
        below = levels.detach().floor().long().clamp(0, LEVELS - 2)  # what is no number has a level too
        start, end = mixed.gather(1, below), mixed.gather(1, below + 1)
        return torch.lerp(start, end, levels - below).view_as(images).to(images)

    def _shares(self, condition: Float[Tensor, "n e"]) -> Float[Tensor, "n k"]:
        """What each condition has of each curve: a normal density around each class's place, in parts of their sum."""
        apart = (condition[:, None] - self.places.to(condition)).square().sum(2)
        return (-self.sharpness.to(condition) * apart).softmax(1)

    def forget(self) -> None:
        """Go back to where every level stays what it is."""
        self.curves.copy_(torch.tensor(UNCHANGED))

    def learn(self, curves: Float[Tensor, "k 256"], places: Float[Tensor, "k e"]) -> None:
        """Take these curves, and the conditions at which they hold."""
        self.curves.copy_(curves)
        self.places.copy_(places)
        if len(places) > 1:
            least = torch.nn.functional.pdist(places.cpu().double()).square().min()
            self.sharpness.copy_(-math.log(STRAY) / least.clamp_min(CLOSE))


def curve_between(drawn: UInt8[Tensor, "n *image"], real: UInt8[Tensor, "m *image"]) -> Float[Tensor, "256"]:
    """The curve, for levels from -1 to 1, that gives `drawn` the levels of `real`, rank for rank.

    A level that spans several ranks becomes the level at the middle of them.

    Source: histogram specification; Digital Image Processing, Gonzalez and Woods, 1977.
    """
    shares, wanted = (torch.bincount(each.flatten(), minlength=LEVELS).double() for each in (drawn, real))
    middles = (shares.cumsum(0) - shares / 2) / shares.sum()
    found = torch.searchsorted(wanted.cumsum(0) / wanted.sum(), middles).clamp(max=LEVELS - 1)
    return (found * (2 / (LEVELS - 1)) - 1).float()
