"""Memorisation: are generated images closer to the training images than unseen real images are?"""

from dataclasses import dataclass

from jaxtyping import Float64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from .neighbours import BLOCK, Nearest, search

QUANTILE = 0.01


@dataclass(frozen=True)
class Memorisation:
    """Distances to the nearest training image, of generated images beside those of real test images.

    Attributes:
        median: median distance of the generated images.
        real_median: the same for real test images.
        ratio: the first over the second. Near 1: as new as unseen images; well below 1: copies, or bland means. None
            where half of the test images are themselves copies of training images.
        closer_share: share of generated images that are closer than all but 1% of the test images, about 0.01 for
            images that are as new as those.
    """

    median: float
    real_median: float
    ratio: float | None
    closer_share: float


def memorisation(fake: Float64[Tensor, " n"], real: Float64[Tensor, " m"]) -> Memorisation:
    """Compare distances to the nearest training image: those of generated and those of real test images.

    Raises:
        BadInput: one of the two is empty.
    """
    if len(fake) == 0 or len(real) == 0:
        raise BadInput("memorisation needs distances of generated and of real test images")
    median, real_median = float(fake.quantile(0.5)), float(real.quantile(0.5))
    ratio = median / real_median if real_median > 0 else None
    closer = (fake < real.quantile(QUANTILE)).double().mean()
    return Memorisation(median, real_median, ratio, float(closer))


def nearest_images(images: UInt8[Tensor, "n 28 28"], training: UInt8[Tensor, "m 28 28"], block: int = BLOCK) -> Nearest:
    """The nearest training image of each image, pixel by pixel.

    Distances are Euclidean over the 784 pixels, 1 being the difference of ground and full ink.
    """
    found = search(_integers(images), _integers(training), block)
    return Nearest(found.indices, found.distances / 255)


def _integers(images: UInt8[Tensor, "n 28 28"]) -> Tensor:
    # Integers of at most 128: sums of 784 products stay below 2^24, so float32 adds them without rounding, and the
    # search takes half as long as in float64.
    return images.flatten(1).float() - 128
