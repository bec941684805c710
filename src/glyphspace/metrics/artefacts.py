"""Artefacts of how images are made larger: stripes and checkerboards of period two."""

import torch
from jaxtyping import UInt8
from torch import Tensor

from ..core.errors import BadInput


def checkerboard(images: UInt8[Tensor, "n height width"]) -> float:
    """The share of the images' energy, each without its mean, that lies in changes from every pixel to the next.

    A transposed convolution whose kernel is no multiple of its stride reaches some pixels more often than their
    neighbours and leaves such a pattern (Deconvolution and Checkerboard Artifacts, 2016). It is the energy of the
    discrete Fourier transform at the highest frequency in either direction: 1 for a checkerboard, about 0.07 for white
    noise of 28 × 28 pixels, 0 for images of one grey. Read it beside that of real images, whose edges have some too.

    Raises:
        BadInput: there are no images, or their sides are odd and know no such frequency.
    """
    count, height, width = images.shape
    if not count or height % 2 or width % 2:
        raise BadInput("artefacts are looked for in at least one image with sides of even length")
    energy = torch.fft.fft2(images.double() / 255).abs().square().mean(dim=0)
    energy[0, 0] = 0
    highest = torch.zeros(height, width, dtype=torch.bool)
    highest[height // 2], highest[:, width // 2] = True, True
    return float(energy[highest].sum() / energy.sum().clamp(min=1e-12))
