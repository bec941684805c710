"""What can be measured on an image of a character: slant, thickness, width, height, loops."""

import numpy as np
import torch
from jaxtyping import Float, Float32, UInt8
from torch import Tensor

ATTRIBUTES = ("slant", "thickness", "width", "height", "loops")
UNITS = ("°", "pixels", "pixels", "pixels", "")
SPREAD = (14.0, 0.6, 4.0, 1.2, 0.7)  # their standard deviations among the test images of MNIST
INK = 0.5  # of full ink: what is fainter is ground


def measure(images: UInt8[Tensor, "n 28 28"]) -> Float32[Tensor, "n 5"]:
    """The attributes of each image, in the order of `ATTRIBUTES`; all are 0 of an image without ink."""
    ink = images.float() / 255
    columns = (slant(ink), thickness(ink), _extent(ink.amax(1)), _extent(ink.amax(2)), loops(ink))
    blank = ink.amax((1, 2)) < INK
    return torch.stack(columns, dim=1).masked_fill(blank[:, None], 0.0)


def slant(ink: Float[Tensor, "n h w"]) -> Float[Tensor, " n"]:
    """By how many degrees the ink leans to the right: the shear that its second moments show."""
    height, width = ink.shape[1:]
    mass = ink.sum((1, 2)).clamp(min=1e-6)
    y, x = torch.arange(height).float()[:, None], torch.arange(width).float()
    dy = y - ((ink * y).sum((1, 2)) / mass)[:, None, None]
    dx = x - ((ink * x).sum((1, 2)) / mass)[:, None, None]
    shear = (ink * dx * dy).sum((1, 2)) / (ink * dy * dy).sum((1, 2)).clamp(min=1e-6)
    return torch.rad2deg(torch.atan(-shear))  # rows count downwards


def thickness(ink: Float[Tensor, "n h w"]) -> Float[Tensor, " n"]:
    """The mean thickness of the strokes in pixels: twice the area over the length of the outline.

    A stroke much longer than thick has two sides as long as itself. The outline of a grey image is its total
    variation, the mean length of the outlines at all its levels.
    """
    page = torch.nn.functional.pad(ink, (1, 1, 1, 1))
    down, right = page[:, 1:, :-1] - page[:, :-1, :-1], page[:, :-1, 1:] - page[:, :-1, :-1]
    outline = (down.square() + right.square()).sqrt().sum((1, 2))
    return 2 * ink.sum((1, 2)) / outline.clamp(min=1e-6)


def loops(ink: Float[Tensor, "n h w"]) -> Float[Tensor, " n"]:
    """How many areas of ground the ink encloses; ink that touches at a corner encloses."""
    from scipy import ndimage  # takes as long to import as a short message to draw

    ground = np.pad(ink.numpy() < INK, ((0, 0), (1, 1), (1, 1)), constant_values=True)
    within = np.zeros((3, 3, 3), dtype=bool)
    within[1] = ndimage.generate_binary_structure(2, 1)  # areas do not go on from image to image
    areas, _ = ndimage.label(ground, structure=within)
    # Areas are numbered image by image, and the first of each is the ground around the ink.
    last = areas.max(axis=(1, 2))
    before = np.concatenate([[0], last])[: len(last)]
    return torch.from_numpy(last - before - 1).float()


def _extent(profile: Float[Tensor, "n length"]) -> Float[Tensor, " n"]:
    """From where the profile first reaches half of full ink to where it last does, between pixels by interpolation."""
    return profile.shape[1] - _first(profile) - _first(profile.flip(1))


def _first(profile: Float[Tensor, "n length"]) -> Float[Tensor, " n"]:
    before = torch.nn.functional.pad(profile, (1, 0))[:, :-1]
    at = (profile >= INK).float().argmax(1, keepdim=True)
    reached, short = profile.gather(1, at), before.gather(1, at)
    # Counted from the edge of the page; the middle of a pixel is half a pixel further.
    return (at - 0.5 + (INK - short) / (reached - short).clamp(min=1e-6)).squeeze(1)
