"""How well a discriminator tells real images from generated ones, overall and class by class."""

from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float, Int64
from torch import Tensor

from ..core.errors import BadInput


@dataclass(frozen=True)
class Discrimination:
    """The accuracy of a discriminator, of which a logit above 0 says real and any other generated.

    Attributes:
        overall: the mean of `real` and `fake`, so that the numbers of images do not matter; 0.5 is chance.
        real: share of real images taken for real.
        fake: share of generated images taken for generated.
    """

    overall: float
    real: float
    fake: float


@dataclass(frozen=True)
class ClassDiscrimination:
    """The same of one class, of which there may be no real or no generated images: then what needs them is None."""

    overall: float | None
    real: float | None
    fake: float | None


def discrimination(real_logits: Float[Tensor, " n"], fake_logits: Float[Tensor, " m"]) -> Discrimination:
    """The accuracy of a discriminator from its logits.

    Raises:
        BadInput: there are no real or no generated images, or a logit is not finite.
    """
    for name, logits in (("real", real_logits), ("generated", fake_logits)):
        if len(logits) == 0 or not torch.isfinite(logits).all():
            raise BadInput(f"the discriminator's logits of {name} images are missing or not finite")
    real, fake = _share(real_logits > 0), _share(fake_logits <= 0)
    return Discrimination((real + fake) / 2, real, fake)


def discrimination_by_class(
    real_logits: Float[Tensor, " n"],
    real_labels: Int64[Tensor, " n"],
    fake_logits: Float[Tensor, " m"],
    fake_labels: Int64[Tensor, " m"],
    n_classes: int,
) -> tuple[ClassDiscrimination, ...]:
    """The accuracy of a discriminator on each class.

    Raises:
        BadInput: there are no real or no generated images, or a logit is not finite.
    """
    discrimination(real_logits, fake_logits)  # refuses what has no accuracy

    def of_class(label: int) -> ClassDiscrimination:
        right = real_logits[real_labels == label] > 0, fake_logits[fake_labels == label] <= 0
        real, fake = (_share(each) if len(each) else None for each in right)
        return ClassDiscrimination(None if real is None or fake is None else (real + fake) / 2, real, fake)

    return tuple(of_class(label) for label in range(n_classes))


def _share(right: Bool[Tensor, " n"]) -> float:
    return float(right.double().mean())
