"""The nets of the DCGAN of "DCGAN and conditional WGAN".

The document names layers and what goes through them. Kernels of 4×4, leaky ReLU 0.2, the widths after the first layer,
and no norm before tanh are our inference, after Unsupervised Representation Learning with DCGANs, 2016.
"""

from jaxtyping import Float
from torch import Tensor, nn

from .registries import discriminators, generators

SLOPE = 0.2


@generators.register("dcgan")
class DcganGenerator(nn.Module):
    """z → Linear → 256 maps of 7×7, a convolution, two transposed ones, tanh."""

    def __init__(self, z_dim: int = 100) -> None:
        super().__init__()
        self.z_dim = z_dim
        self.project = nn.Linear(z_dim, 256 * 7 * 7)
        self.draw = nn.Sequential(
            nn.Conv2d(256, 128, 3, padding=1),
            nn.BatchNorm2d(128),
            nn.LeakyReLU(SLOPE),
            nn.ConvTranspose2d(128, 64, 4, stride=2, padding=1),
            nn.BatchNorm2d(64),
            nn.LeakyReLU(SLOPE),
            nn.ConvTranspose2d(64, 1, 4, stride=2, padding=1),
            nn.Tanh(),
        )

    def forward(self, z: Float[Tensor, "n z"]) -> Float[Tensor, "n 1 28 28"]:
        return self.draw(self.project(z).view(-1, 256, 7, 7))


@discriminators.register("dcgan-logits")
class DcganDiscriminator(nn.Module):
    """Two convolutions of stride 2, batch norm after the second, Linear to one logit."""

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.Conv2d(1, 64, 4, stride=2, padding=1),
            nn.LeakyReLU(SLOPE),
            nn.Conv2d(64, 128, 4, stride=2, padding=1),
            nn.LeakyReLU(SLOPE),
            nn.BatchNorm2d(128),
        )
        self.decide = nn.Linear(128 * 7 * 7, 1)

    def forward(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, " n"]:
        return self.decide(self.look(images).flatten(1)).squeeze(1)


@discriminators.register("dcgan")
class DcganProbabilities(DcganDiscriminator):
    """The same with a sigmoid at its end, as in the document: it gives probabilities, not logits."""

    undecided = 0.5

    def __init__(self) -> None:
        super().__init__()
        self.squash = nn.Sigmoid()

    def forward(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, " n"]:
        return self.squash(super().forward(images))
