"""The residual nets of "Training CGAN on MNIST" and their relatives, in each of which one ingredient is another.

The layers were in figures that did not survive. Three and four pre-activation blocks of the widths of the reference
nets, with a 1×1 shortcut each, come to the report's counts exactly: 285,375 and 618,751. By that count there is batch
norm in the generator alone, and the discriminator is told the class as three maps that are the same everywhere. Where
images are made larger and smaller is our inference.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from .blocks import (
    Ingredients,
    Residual,
    block,
    convolution,
    no_norm,
    resized_convolution,
    spectral,
    straight,
    transposed_convolution,
    xavier,
)
from .registries import discriminators, generators


class ResnetGenerator(nn.Module):
    """z and the class → Linear → three blocks, 7 → 14 → 14 → 28, norm, ReLU, a 3×3 convolution and tanh."""

    def __init__(self, z_dim: int, condition_dim: int, classes: int, made_of: Ingredients) -> None:
        super().__init__()
        self.z_dim, self.condition_dim = z_dim, condition_dim
        self.embed = nn.Embedding(classes, condition_dim)
        self.project = xavier(nn.Linear(z_dim + condition_dim, 64 * 7 * 7))
        sizes = ((64, 64, 2), (64, 32, 1), (32, 16, 2))
        blocks = (block(*size, made_of, shortcut=resized_convolution) for size in sizes)
        self.draw = nn.Sequential(*blocks, made_of.norm(16), nn.ReLU(), convolution(16, 1, 3), nn.Tanh())

    def forward(self, z: Float[Tensor, "n z"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n 1 28 28"]:
        return self.draw(self.project(torch.cat([z, condition], 1)).view(-1, 64, 7, 7))


def _register_generator(name: str, made_of: Ingredients) -> None:
    @generators.register(name)
    def build(z_dim: int = 50, condition_dim: int = 3, classes: int = 10) -> nn.Module:
        return ResnetGenerator(z_dim, condition_dim, classes, made_of)


_register_generator("cgan-resnet", Ingredients(resized_convolution, nn.BatchNorm2d, Residual))
_register_generator("cgan-resnet-without-residual", Ingredients(resized_convolution, nn.BatchNorm2d, straight))
_register_generator("cgan-resnet-without-norm", Ingredients(resized_convolution, no_norm, Residual))
_register_generator("cgan-resnet-transposed", Ingredients(transposed_convolution, nn.BatchNorm2d, Residual))

WHOLE = Ingredients(convolution, no_norm, Residual)
WITHOUT_RESIDUAL = Ingredients(convolution, no_norm, straight)


class ResnetDiscriminator(nn.Module):
    """Four blocks, 28 → 14 → 7 → 7 → 7, in two halves, and what they have seen.

    Args:
        first, middle: channels that join before the one half and before the other.
    """

    def __init__(self, condition_dim: int, classes: int, made_of: Ingredients, first: int = 0, middle: int = 0) -> None:
        super().__init__()
        self.condition_dim = condition_dim
        self.embed = nn.Embedding(classes, condition_dim)
        sizes = ((1 + first, 32, 2), (32, 64, 2), (64 + middle, 128, 1), (128, 128, 1))
        blocks = [block(*size, made_of, shortcut=convolution) for size in sizes]
        self.early = nn.Sequential(*blocks[:2])
        self.late = nn.Sequential(*blocks[2:], nn.ReLU())


class JoinedFirst(ResnetDiscriminator):
    """The class joins the image."""

    def __init__(self, condition_dim: int, classes: int, made_of: Ingredients) -> None:
        super().__init__(condition_dim, classes, made_of, first=condition_dim)
        self.decide = xavier(nn.Linear(128 * 7 * 7, 1))

    def forward(self, images: Float[Tensor, "n 1 28 28"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:
        seen = self.late(self.early(_beside(images, condition)))
        return self.decide(seen.flatten(1)).squeeze(1)


class JoinedInTheMiddle(ResnetDiscriminator):
    """The class joins what the first two blocks have seen (Generative Adversarial Text to Image Synthesis, 2016)."""

    def __init__(self, condition_dim: int, classes: int, made_of: Ingredients) -> None:
        super().__init__(condition_dim, classes, made_of, middle=condition_dim)
        self.decide = xavier(nn.Linear(128 * 7 * 7, 1))

    def forward(self, images: Float[Tensor, "n 1 28 28"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:
        seen = self.late(_beside(self.early(images), condition))
        return self.decide(seen.flatten(1)).squeeze(1)


class Projected(ResnetDiscriminator):
    """What was seen, summed over the image, meets the class's own direction (cGANs with Projection, 2018)."""

    def __init__(self, classes: int, made_of: Ingredients) -> None:
        super().__init__(128, classes, made_of)
        self.decide = xavier(nn.Linear(128, 1))

    def forward(self, images: Float[Tensor, "n 1 28 28"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:
        return self.judge(self.features(images), condition)

    def features(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n 128"]:
        """What was seen, summed over the image."""
        return self.late(self.early(images)).sum((2, 3))

    def judge(self, features: Float[Tensor, "n 128"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:
        """The logit: how real, and how far in the direction of the class."""
        return self.decide(features).squeeze(1) + torch.linalg.vecdot(features, condition)


def _beside(maps: Float[Tensor, "n c h w"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n d h w"]:
    """`maps` and, as more channels, maps that hold the condition everywhere."""
    everywhere = condition[:, :, None, None].expand(-1, -1, *maps.shape[2:])
    return torch.cat([maps, everywhere.to(maps.dtype)], 1)


class DualProjected(Projected):
    """Two directions for each class, of the real and of the generated images in it; the logit is by how much an image
    lies further in the one than in the other (Dual Projection GANs, 2021). A condition is both, one after the other.
    """

    def __init__(self, classes: int, made_of: Ingredients) -> None:
        super().__init__(classes, made_of)
        self.condition_dim = 256
        self.embed = nn.Embedding(classes, 256)

    def judge(self, features: Float[Tensor, "n 128"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:
        of_real, of_fake = condition.chunk(2, 1)
        return super().judge(features, of_real - of_fake)

    def labels_of_real(self, features: Float[Tensor, "n 128"]) -> Float[Tensor, "n classes"]:
        """A logit per class, if the image is real."""
        return features @ self.embed.weight[:, :128].T

    def labels_of_fake(self, features: Float[Tensor, "n 128"]) -> Float[Tensor, "n classes"]:
        """A logit per class, if the image is generated."""
        return features @ self.embed.weight[:, 128:].T


@discriminators.register("cgan-resnet")
def joined_in_the_middle(condition_dim: int = 3, classes: int = 10) -> nn.Module:
    """As in the report: residual blocks and spectral norm, the class joined in the middle."""
    return spectral(JoinedInTheMiddle(condition_dim, classes, WHOLE))


@discriminators.register("cgan-resnet-joined-first")
def joined_first(condition_dim: int = 3, classes: int = 10) -> nn.Module:
    """The same, the class joined first."""
    return spectral(JoinedFirst(condition_dim, classes, WHOLE))


@discriminators.register("cgan-resnet-without-residual")
def without_residual(condition_dim: int = 3, classes: int = 10) -> nn.Module:
    """The same without shortcuts."""
    return spectral(JoinedInTheMiddle(condition_dim, classes, WITHOUT_RESIDUAL))


@discriminators.register("cgan-resnet-without-spectral-norm")
def without_spectral_norm(condition_dim: int = 3, classes: int = 10) -> nn.Module:
    """The same without spectral norm."""
    return JoinedInTheMiddle(condition_dim, classes, WHOLE)


@discriminators.register("cgan-resnet-projection")
def projected(classes: int = 10) -> nn.Module:
    """The class projected at the end, its directions under spectral norm too."""
    net = Projected(classes, WHOLE)
    spectral_norm(net.embed)
    return spectral(net)


@discriminators.register("cgan-resnet-dual-projection")
def dual_projected(classes: int = 10) -> nn.Module:
    """Two directions for each class, which learn to name the class as well; for the auxiliary loss of that name."""
    return spectral(DualProjected(classes, WHOLE))
