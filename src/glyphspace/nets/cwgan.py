"""The dense nets of the conditional WGAN of "DCGAN and conditional WGAN".

A class is a row of ten numbers, one of them 1 and the others 0.
The slope of the leaky ReLU, 0.2, and tanh at the generator's end are our inference.
"""

from collections.abc import Callable
from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor, nn

from .blocks import OneHot
from .registries import discriminators, generators

SLOPE = 0.2


@generators.register("cwgan")
class DenseGenerator(nn.Module):
    """z and the class → 256 → 512 → 1024 → 784, and tanh."""

    def __init__(self, z_dim: int = 100, classes: int = 10) -> None:
        super().__init__()
        self.z_dim, self.condition_dim = z_dim, classes
        self.embed = OneHot(classes)
        sizes = (z_dim + classes, 256, 512, 1024)
        layers = (layer for size in pairwise(sizes) for layer in (nn.Linear(*size), nn.LeakyReLU(SLOPE)))
        self.draw = nn.Sequential(*layers, nn.Linear(1024, 28 * 28), nn.Tanh())

    def forward(self, z: Float[Tensor, "n z"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n 1 28 28"]:
        return self.draw(torch.cat([z, condition], 1)).view(-1, 1, 28, 28)


class DenseCritic(nn.Module):
    """The image and the class → 1024 → 512 → 256 → 1, leaky ReLU and a norm after each but the last."""

    def __init__(self, classes: int, norm: Callable[[int], nn.Module]) -> None:
        super().__init__()
        self.condition_dim = classes
        self.embed = OneHot(classes)
        sizes = pairwise((28 * 28 + classes, 1024, 512, 256))
        layers = ((nn.Linear(a, b), nn.LeakyReLU(SLOPE), norm(b)) for a, b in sizes)
        self.judge = nn.Sequential(*(layer for three in layers for layer in three), nn.Linear(256, 1))

    def forward(self, images: Float[Tensor, "n 1 28 28"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:
        return self.judge(torch.cat([images.flatten(1), condition], 1)).squeeze(1)


@discriminators.register("cwgan")
class BatchNormCritic(DenseCritic):
    """As in the document. Batch norm lets each image's value depend on the others, which a gradient penalty, taken
    image by image, must not (Improved Training of Wasserstein GANs, 2017, section 4).

    The document shows it real images and then fake ones. In batches of their own the last norm gives both sides the
    same mean, and the critic's loss, a difference of such means, would be 0 for good; so it is shown both in one batch.
    """

    sees_both = True

    def __init__(self, classes: int = 10) -> None:
        super().__init__(classes, nn.BatchNorm1d)


@discriminators.register("cwgan-layer-norm")
class LayerNormCritic(DenseCritic):
    """With layer norm, as that paper recommends."""

    def __init__(self, classes: int = 10) -> None:
        super().__init__(classes, nn.LayerNorm)
