"""Classifiers whose features are each channel's maximum and mean: few numbers, whatever the place of the ink.

Convolutions halve at once, since arithmetic at full size buys little.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, max_pool2d

from .blocks import normed
from .registries import classifiers


class PooledClassifier(nn.Module):
    """Convolutions, then a linear layer on each channel's maximum and mean."""

    def __init__(self, look: nn.Sequential, channels: int, classes: int) -> None:
        super().__init__()
        self.look = look
        self.decide = nn.Linear(2 * channels, classes)

    def features(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n d"]:
        """Two numbers per channel: what is strongest anywhere, and what is there on the whole."""
        seen = self.look(images)
        size = seen.shape[2:]
        return torch.cat([max_pool2d(seen, size), avg_pool2d(seen, size)], 1).flatten(1)

    def forward(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n classes"]:
        return self.decide(self.features(images))


@classifiers.register("fast")
def fast_classifier(classes: int = 10, width: int = 16) -> nn.Module:
    """A 5×5 convolution of stride 2 and three of 3×3."""
    look = nn.Sequential(
        *normed(1, width, 5, stride=2),
        *normed(width, 2 * width, 3),
        nn.MaxPool2d(2),
        *normed(2 * width, 4 * width, 3),
        *normed(4 * width, 4 * width, 3),
    )
    return PooledClassifier(look, 4 * width, classes)


@classifiers.register("deep")
def deep_classifier(classes: int = 10, width: int = 16) -> nn.Module:
    """As the fast one, with a 3×3 convolution at full size first and one layer more."""
    look = nn.Sequential(
        *normed(1, width, 3),
        *normed(width, 2 * width, 3, stride=2),
        *normed(2 * width, 4 * width, 3),
        nn.MaxPool2d(2),
        *normed(4 * width, 4 * width, 3),
        *normed(4 * width, 4 * width, 3),
    )
    return PooledClassifier(look, 4 * width, classes)
