"""Our own small nets, told a class: as the fast ones, with the condition where it costs least."""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from .blocks import spectral
from .condition import ConditionalBatchNorm
from .fast import FastDiscriminator
from .maps import PixelShuffle, PlacedConvolution, as_rows, from_rows
from .registries import discriminators, generators
from .tones import tones_if


@generators.register("conditional")
class FastConditionalGenerator(nn.Module):
    """z → Linear → 7×7 → 14×14, `depth` residual layers, and four pixels from each place of 14×14.

    Each batch norm's scale and shift are a linear function of the condition. Nothing is computed at full size, where a
    map costs four times as much.
    """

    def __init__(
        self,
        z_dim: int = 64,
        width: int = 64,
        depth: int = 0,
        condition_dim: int = 16,
        tones: int = 0,
        classes: int = 10,
    ) -> None:
        super().__init__()
        self.z_dim, self.condition_dim, self.width = z_dim, condition_dim, width
        self.embed = nn.Embedding(classes, condition_dim)
        self.project = nn.Linear(z_dim, width * 7 * 7)
        half = width // 2
        self.begin = ConditionalBatchNorm(width, condition_dim)
        self.upward = nn.Sequential(PlacedConvolution(width, 4 * half, 3, padding=1, bias=False), PixelShuffle())
        self.norm = ConditionalBatchNorm(half, condition_dim)
        self.refine = _Refinements(_Refinement(half, condition_dim) for _ in range(depth))
        self.draw = nn.Sequential(PlacedConvolution(half, 4, 3, padding=1), PixelShuffle(), nn.Tanh())
        self.tones = nn.ModuleList(tones_if(tones, condition_dim, classes))

    def forward(self, z: Float[Tensor, "n z"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n 1 28 28"]:
        x = self.begin(from_rows(self.project(z), self.width), condition).relu_()
        x = self.norm(self.upward(x), condition).relu_()
        images = self.draw(self.refine(x, condition))
        for tones in self.tones:
            images = tones(images, condition)
        return images


class _Refinements(nn.ModuleList):
    """Each adds what it makes to what it is given."""

    def forward(self, x: Float[Tensor, "n c h w"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n c h w"]:
        for refine in self:
            x = x + refine(x, condition)
        return x


class _Refinement(nn.Module):
    """A 3×3 convolution, conditional batch norm and ReLU."""

    def __init__(self, width: int, condition_dim: int) -> None:
        super().__init__()
        self.convolve = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm = ConditionalBatchNorm(width, condition_dim)

    def forward(self, x: Float[Tensor, "n c h w"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n c h w"]:
        return self.norm(self.convolve(x), condition).relu_()


@discriminators.register("projection")
class FastProjectionDiscriminator(FastDiscriminator):
    """The fast discriminator, plus how far an image lies in its class's direction (cGANs with projection, 2018).

    An image is projected on one direction for each number of the condition, in the product that decides; to find the
    direction of each image's condition among all features would be many times the work.
    """

    def __init__(self, width: int = 32, depth: int = 0, condition_dim: int = 16, classes: int = 10) -> None:
        super().__init__(width, depth, outputs=1 + condition_dim)
        self.condition_dim = condition_dim
        self.embed = nn.Embedding(classes, condition_dim)
        nn.init.normal_(self.embed.weight, std=condition_dim**-0.5)

    def forward(self, images: Float[Tensor, "n 1 28 28"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:  # type: ignore[override]  # a conditional net is asked with a condition
        said = self.head(as_rows(self.look(images)))
        return said[:, 0] + torch.linalg.vecdot(said[:, 1:], condition.to(said))


@discriminators.register("projection-spectral")
def projection_spectral(width: int = 32, depth: int = 0, condition_dim: int = 16, classes: int = 10) -> nn.Module:
    """`FastProjectionDiscriminator` under spectral norm, its directions too."""
    net = FastProjectionDiscriminator(width, depth, condition_dim, classes)
    spectral_norm(net.embed)
    return spectral(net)


@discriminators.register("auxiliary")
class FastAuxiliaryDiscriminator(FastDiscriminator):
    """The fast discriminator with a second last layer that says which class an image is of (AC-GAN, 2017)."""

    def __init__(self, width: int = 32, classes: int = 10) -> None:
        super().__init__(width)
        self.label = nn.Linear(self.head.in_features, classes)

    def features(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n d"]:
        """What both last layers see."""
        return as_rows(self.look(images))

    def judge(self, features: Float[Tensor, "n d"]) -> Float[Tensor, " n"]:
        """The logit of being real."""
        return self.head(features).squeeze(1)

    def labels_of_real(self, features: Float[Tensor, "n d"]) -> Float[Tensor, "n classes"]:
        """A logit per class."""
        return self.label(features)

    def labels_of_fake(self, features: Float[Tensor, "n d"]) -> Float[Tensor, "n classes"]:
        """The same: one layer names real and generated images."""
        return self.label(features)
