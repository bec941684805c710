"""Small changes to training images that keep their class: each a function of a batch and a named draw."""

import math
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample, pad

from ..core.registry import Registry

Images = Float[Tensor, "n 1 28 28"]
Augmentation = Callable[[Images, torch.Generator], Images]

augmentations: Registry[Augmentation] = Registry("augmentation")

GROUND = -1.0  # the value of paper without ink


@augmentations.register("none")
def none(images: Images, generator: torch.Generator) -> Images:
    """Leaves the images as they are."""
    return images


@augmentations.register("shift")
def shift(images: Images, generator: torch.Generator) -> Images:
    """Moves each image by up to two pixels each way."""
    reach = 2
    count, _, height, width = images.shape
    padded = pad(images[:, 0], (reach, reach, reach, reach), value=GROUND)
    down, right = torch.randint(0, 2 * reach + 1, (2, count, 1), generator=generator)
    rows = (down + torch.arange(height))[:, :, None]
    columns = (right + torch.arange(width))[:, None, :]
    return padded[torch.arange(count)[:, None, None], rows, columns].unsqueeze(1)


@augmentations.register("affine")
def affine(images: Images, generator: torch.Generator) -> Images:
    """Rotates by up to 12°, zooms by up to 12%, shears by up to 0.15 and moves by up to two pixels."""
    count, _, height, width = images.shape
    angle, zoom_x, zoom_y, shear, right, down = torch.rand((6, count), generator=generator) * 2 - 1
    angle = angle * math.radians(12)
    zoom_x, zoom_y = (0.12 * zoom_x).exp(), (0.12 * zoom_y).exp()
    cos, sin = angle.cos(), angle.sin()
    rows = [
        torch.stack([cos * zoom_x, (0.15 * shear - sin) * zoom_x, right * 4 / width], 1),
        torch.stack([sin * zoom_y, cos * zoom_y, down * 4 / height], 1),
    ]
    grid = affine_grid(torch.stack(rows, 1), list(images.shape), align_corners=False)
    return grid_sample(images - GROUND, grid, align_corners=False) + GROUND
