"""The reference nets of "GAN and CNN to conquer MNIST", parameter for parameter.

The documents name layers, sizes and counts. They leave the activations, the dropout rate and the output unnamed; what
is chosen here reproduces their curves: leaky ReLU 0.2 throughout (with ReLU in the generator it collapsed to one
image from several initialisations), tanh at the end, and dropout 0.5. With 0.4 the accuracies settled at 0.70 on real
and 0.72 on fake images, and the discriminator's loss came up to the generator's, but not above it as is reported; with
0.3 they settled at 0.74, and it stayed below (benchmarks/reference_variants.py).
"""

from jaxtyping import Float
from torch import Tensor, nn

from .dropout import LeakyDropout
from .maps import LinearOfMap, UpConvolution, as_maps
from .registries import classifiers, discriminators, generators

SLOPE = 0.2
DROPOUT = 0.5


@generators.register("reference")
class ReferenceGenerator(nn.Module):
    """z → Linear → four transposed 3×3 convolutions, 7 → 14 → 14 → 14 → 28; 377,121 parameters at z = 100."""

    def __init__(self, z_dim: int = 100) -> None:
        super().__init__()
        self.z_dim = z_dim
        self.project = nn.Sequential(nn.Linear(z_dim, 64 * 7 * 7), nn.LeakyReLU(SLOPE))
        self.draw = nn.Sequential(
            *upward(64, 64, stride=2),
            *upward(64, 32, stride=1),
            *upward(32, 16, stride=1),
            UpConvolution(16, 1, 3, stride=2, padding=1, output_padding=1),
            nn.Tanh(),
        )

    def forward(self, z: Float[Tensor, "n z"]) -> Float[Tensor, "n 1 28 28"]:
        return self.draw(as_maps(self.project(z), 64))


def upward(inputs: int, outputs: int, stride: int) -> tuple[nn.Module, ...]:
    """A transposed 3×3 convolution that makes images `stride` times as large, batch norm, leaky ReLU."""
    convolution = UpConvolution(inputs, outputs, 3, stride=stride, padding=1, output_padding=stride - 1)
    return convolution, nn.BatchNorm2d(outputs), nn.LeakyReLU(SLOPE)


@discriminators.register("reference")
class ReferenceDiscriminator(nn.Module):
    """Four 3×3 convolutions, 28 → 14 → 14 → 14 → 7, then Linear to one logit; 246,529 parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Sequential(
            *downward(1, 32, stride=2),
            *downward(32, 64, stride=1),
            *downward(64, 128, stride=1),
            *downward(128, 128, stride=2),
        )
        self.decide = LinearOfMap(128 * 7 * 7, 1)

    def forward(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, " n"]:
        return self.decide(self.look(images)).squeeze(1)


def downward(inputs: int, outputs: int, stride: int) -> tuple[nn.Module, ...]:
    """A 3×3 convolution that makes images `stride` times as small, leaky ReLU, dropout."""
    return nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1), LeakyDropout(SLOPE, DROPOUT)


@classifiers.register("reference")
class ReferenceCNN(nn.Module):
    """Two 5×5 convolutions with max-pooling, then Linear 1568 → classes; 28,938 parameters for ten classes."""

    def __init__(self, classes: int = 10) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.Conv2d(1, 16, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
        )
        self.decide = nn.Linear(32 * 7 * 7, classes)

    def features(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n 1568"]:
        """What the last layer sees."""
        return self.look(images).flatten(1)

    def forward(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n classes"]:
        return self.decide(self.features(images))
