"""Stacked images: three grey ones as the three channels of one, and a class for every combination of theirs.

"stacked-mnist", whose classes are the numbers from 000 to 999, is what the literature counts modes on (VEEGAN, 2017;
PacGAN, 2018). Any grey dataset can be stacked by putting "stacked-" before its name.
"""

from itertools import product

import torch
from jaxtyping import Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import stream
from .images import LabelledImages

PREFIX = "stacked-"
CHANNELS = 3


def unstacked(dataset: str) -> str | None:
    """The name of the dataset that is stacked in `dataset`, None when it is none of these."""
    return dataset.removeprefix(PREFIX) if dataset.startswith(PREFIX) else None


def stacked_classes(classes: tuple[str, ...]) -> tuple[str, ...]:
    """The names of all combinations of three classes, the first channel's first: "000" to "999" for digits."""
    between = "" if all(len(name) == 1 for name in classes) else " | "
    return tuple(between.join(names) for names in product(classes, repeat=CHANNELS))


def stack(images: LabelledImages, seed: int = 0) -> LabelledImages:
    """As many triples as there are images; each image comes once in each channel.

    Args:
        images: grey images.
        seed: of the three shuffles; the datasets that are loaded by name have seed 0.

    Returns:
        images uint8 [n, 3, 28, 28] with labels a·k² + b·k + c, where a, b and c are the labels of the channels and k is
        the number of classes.

    Raises:
        BadInput: the images are stacked already.
    """
    if images.channels != 1:
        raise BadInput(f"the images of {images.name} are stacked already")
    orders = [_order(len(images), seed, channel) for channel in range(CHANNELS)]
    label = torch.zeros_like(images.labels)
    for order in orders:
        label = label * len(images.classes) + images.labels[order]
    return LabelledImages(
        images=torch.stack([images.images[order] for order in orders], 1),
        labels=label,
        classes=stacked_classes(images.classes),
        name=f"{PREFIX}{images.name}",
    )


def _order(count: int, seed: int, channel: int) -> Int64[Tensor, " n"]:
    return torch.randperm(count, generator=stream(seed, "stack", channel))
