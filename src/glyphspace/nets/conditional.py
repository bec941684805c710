"""Our own small nets, told a class: as the fast ones, with the condition where it costs least."""

from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor, nn

from .condition import ConditionalBatchNorm
from .fast import FastDiscriminator
from .maps import LinearOfMap, PixelShuffle, PlacedConvolution, as_maps, as_rows, columns
from .registries import discriminators, generators


@generators.register("conditional")
class FastConditionalGenerator(nn.Module):
    """The fast generator; each batch norm's scale and shift are a linear function of the condition."""

    def __init__(
        self, z_dim: int = 64, width: int = 64, depth: int = 0, condition_dim: int = 16, classes: int = 10
    ) -> None:
        super().__init__()
        self.z_dim, self.condition_dim, self.width = z_dim, condition_dim, width
        self.embed = nn.Embedding(classes, condition_dim)
        self.project = nn.Linear(z_dim, width * 7 * 7)
        widths = (width, width // 2, width // 4)
        self.norms = nn.ModuleList(ConditionalBatchNorm(each, condition_dim) for each in widths)
        self.refine = nn.ModuleList(
            _Refinements(_Refinement(each, condition_dim) for _ in range(depth)) for each in widths[:2]
        )
        self.upward = nn.ModuleList(
            nn.Sequential(PlacedConvolution(inputs, 4 * outputs, 3, padding=1, bias=False), PixelShuffle())
            for inputs, outputs in pairwise(widths)
        )
        self.draw = nn.Sequential(nn.Conv2d(width // 4, 1, 3, padding=1), nn.Tanh())

    def forward(self, z: Float[Tensor, "n z"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n 1 28 28"]:
        x = self.norms[0](as_maps(self.project(z), self.width), condition).relu()
        for refine, up, norm in zip(self.refine, self.upward, self.norms[1:], strict=True):
            x = norm(up(refine(x, condition)), condition).relu()
        return self.draw(x)


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
        return self.norm(self.convolve(x), condition).relu()


@discriminators.register("projection")
class FastProjectionDiscriminator(FastDiscriminator):
    """The fast discriminator, plus how far an image lies in its class's direction (cGANs with projection, 2018)."""

    def __init__(self, width: int = 32, depth: int = 0, condition_dim: int = 16, classes: int = 10) -> None:
        super().__init__(width, depth)
        self.condition_dim = condition_dim
        self.embed = nn.Embedding(classes, condition_dim)
        seen = self.decide.in_features
        self.direct = nn.Linear(condition_dim, seen, bias=False)
        nn.init.normal_(self.direct.weight, std=(condition_dim * seen) ** -0.5)  # as long as the row of `decide`

    def forward(self, images: Float[Tensor, "n 1 28 28"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:  # type: ignore[override]  # a conditional net is asked with a condition
        seen = self.look(images)
        direction = columns(self.direct(condition), seen.shape[1])
        return self.decide(seen).squeeze(1) + torch.linalg.vecdot(as_rows(seen), direction)


@discriminators.register("auxiliary")
class FastAuxiliaryDiscriminator(FastDiscriminator):
    """The fast discriminator with a second last layer that says which class an image is of (AC-GAN, 2017)."""

    def __init__(self, width: int = 32, classes: int = 10) -> None:
        super().__init__(width)
        self.label = LinearOfMap(self.decide.in_features, classes)

    def features(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n c h w"]:
        """What both last layers see."""
        return self.look(images)

    def judge(self, features: Float[Tensor, "n c h w"]) -> Float[Tensor, " n"]:
        """The logit of being real."""
        return self.decide(features).squeeze(1)

    def labels_of_real(self, features: Float[Tensor, "n c h w"]) -> Float[Tensor, "n classes"]:
        """A logit per class."""
        return self.label(features)

    def labels_of_fake(self, features: Float[Tensor, "n c h w"]) -> Float[Tensor, "n classes"]:
        """The same: one layer names real and generated images."""
        return self.label(features)
