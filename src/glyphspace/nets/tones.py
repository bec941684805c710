"""The last layer of a generator that is to have the grey levels of what it learned from.

Where ink is thin or paper blank, a discriminator hardly sees a level or two of 255, and a generator leaves a haze there
that no scan has. A curve over the levels takes it away: it is measured once the weights are final.
"""

import torch
from jaxtyping import Float, UInt8
from torch import Tensor, nn

LEVELS = 256
UNCHANGED = [2 * level / (LEVELS - 1) - 1 for level in range(LEVELS)]


def tones_if(wanted: int) -> list[nn.Module]:
    """One curve, or none: how many a generator ends with."""
    if wanted > 1:
        raise ValueError(f"one curve of tones is enough, not {wanted}")
    return [Tones() for _ in range(wanted)]


class Tones(nn.Module):
    """A curve from each level of grey to another, straight in between; while a net is trained, nothing is changed."""

    curve: Float[Tensor, "256"]

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("curve", torch.tensor(UNCHANGED))

    def forward(self, images: Float[Tensor, "n c h w"]) -> Float[Tensor, "n c h w"]:
        if self.training:
            return images
        curve = self.curve.to(torch.promote_types(images.dtype, torch.float32))
        levels = (images.to(curve) + 1) * ((LEVELS - 1) / 2)
        below = levels.detach().floor().long().clamp(0, LEVELS - 2)  # what is no number has a level too
        start, end = curve[below], curve[below + 1]
        return torch.lerp(start, end, levels - below).to(images)

    def forget(self) -> None:
        """Go back to where every level stays what it is."""
        self.curve.copy_(torch.tensor(UNCHANGED))

    def measure(self, drawn: UInt8[Tensor, "n *image"], real: UInt8[Tensor, "m *image"]) -> None:
        """Take the curve that gives `drawn`, on which it had no part, the levels of `real`, rank for rank.

        A level that spans several ranks becomes the level at the middle of them.

        Source: histogram specification; Digital Image Processing, Gonzalez and Woods, 1977.
        """
        shares, wanted = (torch.bincount(each.flatten(), minlength=LEVELS).double() for each in (drawn, real))
        middles = (shares.cumsum(0) - shares / 2) / shares.sum()
        found = torch.searchsorted(wanted.cumsum(0) / wanted.sum(), middles).clamp(max=LEVELS - 1)
        self.curve.copy_(found * (2 / (LEVELS - 1)) - 1)
