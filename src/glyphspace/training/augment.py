"""Small changes to training images that keep their class: each a function of a batch and a named draw."""

import math
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample, pad

from ..core.registry import Registry

Images = Float[Tensor, "n c 28 28"]
Augmentation = Callable[[Images, torch.Generator], Images]

augmentations: Registry[Augmentation] = Registry("augmentation")

GROUND = -1.0  # the value of paper without ink
ANGLE, ZOOM, SHEAR = math.radians(12), 0.12, 0.15


@augmentations.register("none")
def none(images: Images, generator: torch.Generator) -> Images:
    """Leaves the images as they are."""
    return images


@augmentations.register("shift")
def shift(images: Images, generator: torch.Generator) -> Images:
    """Moves each image by up to two pixels each way."""
    reach = 2
    count, _, height, width = images.shape
    padded = pad(images.flatten(0, 1), (reach, reach, reach, reach), value=GROUND).unflatten(0, images.shape[:2])
    down, right = torch.randint(0, 2 * reach + 1, (2, count, 1), generator=generator).squeeze(2)
    moved = padded.unfold(2, height, 1).unfold(3, width, 1)  # a view of all ways to cut it out
    return moved[torch.arange(count), :, down, right]


@augmentations.register("rotate")
def rotate(images: Images, generator: torch.Generator) -> Images:
    """Rotates each image by up to 12°."""
    angle = ANGLE * _draw(1, images, generator)[0]
    return _warp(images, _matrices(angle.cos(), -angle.sin(), angle.sin(), angle.cos()))


@augmentations.register("zoom")
def zoom(images: Images, generator: torch.Generator) -> Images:
    """Makes each image up to 12% larger or smaller."""
    factor = (ZOOM * _draw(1, images, generator)[0]).exp()
    return _warp(images, _matrices(factor, 0 * factor, 0 * factor, factor))


@augmentations.register("shear")
def shear(images: Images, generator: torch.Generator) -> Images:
    """Slants each image by up to 0.15 pixels a row."""
    slant = SHEAR * _draw(1, images, generator)[0]
    return _warp(images, _matrices(slant**0, slant, 0 * slant, slant**0))


@augmentations.register("affine")
def affine(images: Images, generator: torch.Generator) -> Images:
    """All of these at once, with another zoom across than down, and moved by up to two pixels, and parts of them."""
    angle, zoom_x, zoom_y, slant, right, down = _draw(6, images, generator)
    cos, sin = (ANGLE * angle).cos(), (ANGLE * angle).sin()
    wider, higher = (ZOOM * zoom_x).exp(), (ZOOM * zoom_y).exp()
    linear = _matrices(cos * wider, (SHEAR * slant - sin) * wider, sin * higher, cos * higher)
    return _warp(images, linear, 2 * torch.stack([right, down], 1))


@augmentations.register("cutout")
def cutout(images: Images, generator: torch.Generator) -> Images:
    """Blanks a square half as wide as the image, as far as it lies within (Cutout, 2017; DiffAugment, 2020)."""
    size = images.shape[-1]
    side = size // 2
    first = torch.randint(1 - side, size, (2, len(images), 1), generator=generator)
    within = (torch.arange(size) >= first) & (torch.arange(size) < first + side)
    blank = (within[0][:, :, None] & within[1][:, None, :]).unsqueeze(1).to(images.device)
    return images.masked_fill(blank, GROUND)


@augmentations.register("brightness")
def brightness(images: Images, generator: torch.Generator) -> Images:
    """Makes the ink of each image up to a fifth fainter."""
    factor = 1 - 0.2 * torch.rand(len(images), 1, 1, 1, generator=generator)
    return (images - GROUND) * factor.to(images.device) + GROUND


def find_augmentation(names: str) -> Augmentation:
    """The augmentation of this name, or several one after the other, their names joined by +."""
    steps = [augmentations[name.strip()] for name in names.split("+")]

    def all_of_them(images: Images, generator: torch.Generator) -> Images:
        for step in steps:
            images = step(images, generator)
        return images

    return steps[0] if len(steps) == 1 else all_of_them


def _draw(count: int, images: Images, generator: torch.Generator) -> Float[Tensor, "count n"]:
    """For each image `count` numbers in [-1, 1]."""
    return torch.rand((count, len(images)), generator=generator) * 2 - 1


def _matrices(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Float[Tensor, "n 2 2"]:
    """Matrices with the rows (a, b) and (c, d)."""
    return torch.stack([a, b, c, d], 1).view(-1, 2, 2)


def _warp(images: Images, linear: Float[Tensor, "n 2 2"], move: Float[Tensor, "n 2"] | None = None) -> Images:
    """Images that show at each place what lies where its map leads: `linear` about the middle, then `move` pixels."""
    pixels = torch.zeros(len(images), 2) if move is None else move
    shares = pixels * 2 / torch.tensor(images.shape[:1:-1])
    grid = affine_grid(torch.cat([linear, shares[:, :, None]], 2), list(images.shape), align_corners=False)
    return grid_sample(images - GROUND, grid.to(images.device), align_corners=False) + GROUND
