"""The reference nets of "Training CGAN on MNIST", parameter for parameter: those of the plain GAN, told a class.

A class is three learned numbers. The generator is given them beside z; the discriminator, as a second image.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from .reference import SLOPE, downward, upward
from .registries import discriminators, generators


@generators.register("cgan-reference")
class ConditionalReferenceGenerator(nn.Module):
    """z and the class → Linear → four transposed 3×3 convolutions, 7 → 14 → 14 → 14 → 28; 229,887 parameters."""

    def __init__(self, z_dim: int = 50, condition_dim: int = 3, classes: int = 10) -> None:
        super().__init__()
        self.z_dim, self.condition_dim = z_dim, condition_dim
        self.embed = nn.Embedding(classes, condition_dim)
        self.project = nn.Linear(z_dim + condition_dim, 64 * 7 * 7)
        self.draw = nn.Sequential(
            nn.BatchNorm2d(64),
            nn.LeakyReLU(SLOPE),
            *upward(64, 64, stride=2),
            *upward(64, 32, stride=1),
            *upward(32, 16, stride=1),
            nn.ConvTranspose2d(16, 1, 3, stride=2, padding=1, output_padding=1),
            nn.Tanh(),
        )

    def forward(self, z: Float[Tensor, "n z"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n 1 28 28"]:
        return self.draw(self.project(torch.cat([z, condition], 1)).view(-1, 64, 7, 7))


@discriminators.register("cgan-reference")
class ConditionalReferenceDiscriminator(nn.Module):
    """The class as an image beside the image; four 3×3 convolutions, 28 → 14 → 14 → 14 → 7; 249,983 parameters."""

    def __init__(self, condition_dim: int = 3, classes: int = 10) -> None:
        super().__init__()
        self.condition_dim = condition_dim
        self.embed = nn.Embedding(classes, condition_dim)
        self.picture = nn.Linear(condition_dim, 28 * 28)
        self.look = nn.Sequential(
            *downward(2, 32, stride=2),
            *downward(32, 64, stride=1),
            *downward(64, 128, stride=1),
            *downward(128, 128, stride=2),
        )
        self.decide = nn.Linear(128 * 7 * 7, 1)

    def forward(self, images: Float[Tensor, "n 1 28 28"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]:
        pictures = self.picture(condition).view(-1, 1, 28, 28)
        return self.decide(self.look(torch.cat([images, pictures], 1)).flatten(1)).squeeze(1)
