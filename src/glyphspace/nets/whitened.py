"""The classifier of `cnn-fast`: a first layer that is measured instead of learned, then as little as will do."""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import conv2d, unfold

from .pooled import PooledClassifier
from .registries import classifiers

PATCH = 5


class WhitenedConv(nn.Module):
    """A 5×5 convolution of stride 2 that is not learned: principal directions of patches, each with both signs.

    The idea is that of "94% on CIFAR-10 in 3.29 Seconds on a Single GPU" (2024): what the first layer would learn
    slowly is known from the images beforehand, and no gradient has to reach it. Paper is 0 to it, and so is the border.
    """

    weight: Tensor

    def __init__(self, width: int) -> None:
        if width % 2 or width > 2 * PATCH**2:
            raise ValueError(f"its width is even, for both signs, and {2 * PATCH**2} at most, not {width}")
        super().__init__()
        self.register_buffer("weight", nn.init.normal_(torch.empty(width, 1, PATCH, PATCH), std=1 / PATCH))

    @torch.no_grad()
    def measure(self, images: Float[Tensor, "n 1 28 28"]) -> None:
        """Take the directions from `images`."""
        directions = len(self.weight) // 2
        patches = unfold(images + 1, PATCH, stride=3).transpose(1, 2).flatten(0, 1)
        variances, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
        vectors = vectors * torch.where(vectors.sum(0) < 0, -1, 1)  # a library may give either sign
        scaled = (vectors / (variances + 0.01).sqrt()).T.flip(0)[:directions]
        self.weight.copy_(torch.cat([scaled, -scaled]).view_as(self.weight))

    def forward(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n c 14 14"]:
        return conv2d(images + 1, self.weight, stride=2, padding=PATCH // 2)


@classifiers.register("whitened")
def whitened_classifier(classes: int = 10, width: int = 16) -> nn.Module:
    """A whitened first layer and three convolutions of 3×3, trimmed at the border; pooled before it is normalised."""
    look = nn.Sequential(
        WhitenedConv(width),
        nn.ReLU(inplace=True),
        nn.Conv2d(width, 2 * width, 3, bias=False),
        nn.MaxPool2d(2),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(inplace=True),
        nn.Conv2d(2 * width, 4 * width, 3, padding=1, bias=False),
        nn.BatchNorm2d(4 * width),
        nn.ReLU(inplace=True),
        nn.Conv2d(4 * width, 4 * width, 3, bias=False),
        nn.BatchNorm2d(4 * width),
        nn.ReLU(inplace=True),
    )
    return PooledClassifier(look, 4 * width, classes)
