"""Our own small nets: the arithmetic spent where it buys most on a CPU.

Few channels at full size, 4×4 and 5×5 convolutions that halve at once, pixel shuffle in place of transposed
convolutions, and layers that a channels-last bfloat16 convolution runs at full speed. `depth` adds residual layers at
7×7 and 14×14 pixels (of the discriminator: two kinds at 7×7), which learn more from an image and take longer for it.
"""

from jaxtyping import Float
from torch import Tensor, nn

from .blocks import Residual, spectral
from .maps import LinearOfMap, PixelShuffle, PlacedConvolution, as_maps
from .registries import discriminators, generators

SLOPE = 0.2


@generators.register("fast")
class FastGenerator(nn.Module):
    """z → Linear → 7×7, twice a convolution and a pixel shuffle, a last convolution and tanh."""

    def __init__(self, z_dim: int = 64, width: int = 64, depth: int = 0, channels: int = 1) -> None:
        super().__init__()
        self.z_dim, self.width, self.channels = z_dim, width, channels
        self.project = nn.Linear(z_dim, width * 7 * 7)
        self.draw = nn.Sequential(
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            *(_refined(width) for _ in range(depth)),
            *_upward(width, width // 2),
            *(_refined(width // 2) for _ in range(depth)),
            *_upward(width // 2, width // 4),
            nn.Conv2d(width // 4, channels, 3, padding=1),
            nn.Tanh(),
        )

    def forward(self, z: Float[Tensor, "n z"]) -> Float[Tensor, "n c 28 28"]:
        return self.draw(as_maps(self.project(z), self.width))


def _upward(inputs: int, outputs: int) -> tuple[nn.Module, ...]:
    convolution = PlacedConvolution(inputs, 4 * outputs, 3, padding=1, bias=False)
    return convolution, PixelShuffle(), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)


def _refined(width: int) -> nn.Module:
    convolution = nn.Conv2d(width, width, 3, padding=1, bias=False)
    return Residual(nn.Sequential(convolution, nn.BatchNorm2d(width), nn.ReLU(inplace=True)), nn.Identity())


class FastDiscriminator(nn.Module):
    """Two 4×4 convolutions of stride 2, one 3×3, Linear to one logit; no normalisation, so each image stands alone."""

    def __init__(self, width: int = 32, depth: int = 0, channels: int = 1) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.Conv2d(channels, width, 4, stride=2, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
            nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
            *(_examined(2 * width) for _ in range(depth)),
            nn.Conv2d(2 * width, 4 * width, 3, padding=1),
            nn.LeakyReLU(SLOPE, inplace=True),
            *(_examined(4 * width) for _ in range(depth)),
        )
        self.decide = LinearOfMap(4 * width * 7 * 7, 1)

    def forward(self, images: Float[Tensor, "n c 28 28"]) -> Float[Tensor, " n"]:
        return self.decide(self.look(images)).squeeze(1)


def _examined(width: int) -> nn.Module:
    convolution = nn.Conv2d(width, width, 3, padding=1)
    return Residual(nn.Sequential(convolution, nn.LeakyReLU(SLOPE, inplace=True)), nn.Identity())


discriminators.add("fast", FastDiscriminator)


@discriminators.register("fast-spectral")
def fast_spectral(width: int = 32, depth: int = 0, channels: int = 1) -> nn.Module:
    """`FastDiscriminator` under spectral norm."""
    return spectral(FastDiscriminator(width, depth, channels))
