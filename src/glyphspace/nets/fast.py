"""Our own small nets: the arithmetic spent where it buys most on a CPU.

Nothing is computed at full size, where a map costs four times as much: images are folded and unfolded, two by two
pixels to a place of 14×14. Pixel shuffle in place of transposed convolutions, and layers that a channels-last bfloat16
convolution runs at full speed. `depth` adds residual layers (of the discriminator: at 7×7, of two kinds), which learn
more from an image and take longer for it.
"""

from jaxtyping import Float
from torch import Tensor, nn

from .blocks import Residual, spectral
from .maps import FoldedConvolution, PixelShuffle, PlacedConvolution, as_rows, from_rows
from .registries import discriminators, generators
from .tones import tones_if

SLOPE = 0.2


@generators.register("fast")
class FastGenerator(nn.Module):
    """z → Linear → 7×7 → 14×14, `depth` residual layers, and each place's pixels by a last convolution and tanh."""

    def __init__(self, z_dim: int = 64, width: int = 64, depth: int = 0, tones: int = 0, channels: int = 1) -> None:
        super().__init__()
        self.z_dim, self.width, self.channels = z_dim, width, channels
        self.project = nn.Linear(z_dim, width * 7 * 7)
        half = width // 2
        self.draw = nn.Sequential(
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            PlacedConvolution(width, 4 * half, 3, padding=1, bias=False),
            PixelShuffle(),
            nn.BatchNorm2d(half),
            nn.ReLU(inplace=True),
            *(_refined(half) for _ in range(depth)),
            PlacedConvolution(half, 4 * channels, 3, padding=1),
            PixelShuffle(),
            nn.Tanh(),
            *tones_if(tones),
        )

    def forward(self, z: Float[Tensor, "n z"]) -> Float[Tensor, "n c 28 28"]:
        return self.draw(from_rows(self.project(z), self.width))


def _refined(width: int) -> nn.Module:
    convolution = nn.Conv2d(width, width, 3, padding=1, bias=False)
    return Residual(nn.Sequential(convolution, nn.BatchNorm2d(width), nn.ReLU(inplace=True)), nn.Identity())


class FastDiscriminator(nn.Module):
    """Two 4×4 convolutions of stride 2, one 3×3, Linear; no normalisation, so that each image stands alone.

    Args:
        outputs: of the last layer; a plain discriminator has one logit.
    """

    def __init__(self, width: int = 32, depth: int = 0, channels: int = 1, outputs: int = 1) -> None:
        super().__init__()
        self.look = nn.Sequential(
            FoldedConvolution(channels, width, 4, stride=2, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
            nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
            *(_examined(2 * width) for _ in range(depth)),
            nn.Conv2d(2 * width, 4 * width, 3, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
            *(_examined(4 * width) for _ in range(depth)),
        )
        self.head = nn.Linear(4 * width * 7 * 7, outputs)

    def forward(self, images: Float[Tensor, "n c 28 28"]) -> Float[Tensor, " n"]:
        return self.head(as_rows(self.look(images))).squeeze(1)


def _examined(width: int) -> nn.Module:
    convolution = nn.Conv2d(width, width, 3, padding=1)
    return Residual(nn.Sequential(convolution, nn.LeakyReLU(SLOPE, inplace=True)), nn.Identity())


discriminators.add("fast", FastDiscriminator)


@discriminators.register("fast-spectral")
def fast_spectral(width: int = 32, depth: int = 0, channels: int = 1) -> nn.Module:
    """`FastDiscriminator` under spectral norm."""
    return spectral(FastDiscriminator(width, depth, channels))
