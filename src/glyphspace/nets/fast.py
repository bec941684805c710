"""Our own small nets: the arithmetic spent where it buys most on a CPU.

Few channels at full size, 4×4 and 5×5 convolutions that halve at once, pixel shuffle in place of transposed
convolutions, and layers that a channels-last bfloat16 convolution runs at full speed.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from .registries import classifiers, discriminators, generators

SLOPE = 0.2


@generators.register("fast")
class FastGenerator(nn.Module):
    """z → Linear → 7×7, twice a convolution and a pixel shuffle, a last convolution and tanh."""

    def __init__(self, z_dim: int = 64, width: int = 64, channels: int = 1) -> None:
        super().__init__()
        self.z_dim, self.width, self.channels = z_dim, width, channels
        self.project = nn.Linear(z_dim, width * 7 * 7)
        self.draw = nn.Sequential(
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            *_upward(width, width // 2),
            *_upward(width // 2, width // 4),
            nn.Conv2d(width // 4, channels, 3, padding=1),
            nn.Tanh(),
        )

    def forward(self, z: Float[Tensor, "n z"]) -> Float[Tensor, "n c 28 28"]:
        return self.draw(self.project(z).view(-1, self.width, 7, 7))


def _upward(inputs: int, outputs: int) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(inputs, 4 * outputs, 3, padding=1, bias=False)
    return convolution, nn.PixelShuffle(2), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)


class FastDiscriminator(nn.Module):
    """Two 4×4 convolutions of stride 2, one 3×3, Linear to one logit; no normalisation, so each image stands alone."""

    def __init__(self, width: int = 32, channels: int = 1) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.Conv2d(channels, width, 4, stride=2, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
            nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
            nn.Conv2d(2 * width, 4 * width, 3, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
        )
        self.decide = nn.Linear(4 * width * 7 * 7, 1)

    def forward(self, images: Float[Tensor, "n c 28 28"]) -> Float[Tensor, " n"]:
        return self.decide(self.look(images).flatten(1)).squeeze(1)


discriminators.add("fast", FastDiscriminator)


@discriminators.register("fast-spectral")
def spectral(width: int = 32, channels: int = 1) -> nn.Module:
    """`FastDiscriminator` with every layer's largest singular value held at 1 (Spectral Normalization, 2018)."""
    net = FastDiscriminator(width, channels)
    for module in net.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            spectral_norm(module)
    return net


class PooledClassifier(nn.Module):
    """Convolutions, then a linear layer on each channel's maximum and mean."""

    def __init__(self, look: nn.Sequential, channels: int, classes: int) -> None:
        super().__init__()
        self.look = look
        self.decide = nn.Linear(2 * channels, classes)

    def features(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n d"]:
        """Two numbers per channel: what is strongest anywhere, and what is there on the whole."""
        seen = self.look(images)
        return torch.cat([seen.amax((2, 3)), seen.mean((2, 3))], 1)

    def forward(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n classes"]:
        return self.decide(self.features(images))


@classifiers.register("fast")
def fast_classifier(classes: int = 10, width: int = 16) -> nn.Module:
    """A 5×5 convolution of stride 2 and three of 3×3."""
    look = nn.Sequential(
        *_normed(1, width, 5, stride=2),
        *_normed(width, 2 * width, 3),
        nn.MaxPool2d(2),
        *_normed(2 * width, 4 * width, 3),
        *_normed(4 * width, 4 * width, 3),
    )
    return PooledClassifier(look, 4 * width, classes)


@classifiers.register("deep")
def deep_classifier(classes: int = 10, width: int = 16) -> nn.Module:
    """As the fast one, with a 3×3 convolution at full size first and one layer more."""
    look = nn.Sequential(
        *_normed(1, width, 3),
        *_normed(width, 2 * width, 3, stride=2),
        *_normed(2 * width, 4 * width, 3),
        nn.MaxPool2d(2),
        *_normed(4 * width, 4 * width, 3),
        *_normed(4 * width, 4 * width, 3),
    )
    return PooledClassifier(look, 4 * width, classes)


def _normed(inputs: int, outputs: int, size: int, stride: int = 1) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(inputs, outputs, size, stride=stride, padding=size // 2, bias=False)
    return convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
