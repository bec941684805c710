"""How well a discriminator tells real images from generated ones, overall and class by class."""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Int64
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


def discrimination(real_logits: Float[Tensor, " n"], fake_logits: Float[Tensor, " m"]) -> Discrimination:
    """The accuracy of a discriminator from its logits.

    Raises:
        BadInput: there are no real or no generated images, or a logit is not finite.
    """
    for name, logits in (("real", real_logits), ("generated", fake_logits)):
        if len(logits) == 0 or not torch.isfinite(logits).all():
            raise BadInput(f"the discriminator's logits of {name} images are missing or not finite")
    real = float((real_logits > 0).double().mean())
    fake = float((fake_logits <= 0).double().mean())
    return Discrimination((real + fake) / 2, real, fake)


def discrimination_by_class(
    real_logits: Float[Tensor, " n"],
    real_labels: Int64[Tensor, " n"],
    fake_logits: Float[Tensor, " m"],
    fake_labels: Int64[Tensor, " m"],
    n_classes: int,
) -> tuple[Discrimination | None, ...]:
    """The accuracy of a discriminator on each class; None for a class without real or without generated images.

    Raises:
        BadInput: a logit is not finite.
    """

    def of_class(label: int) -> Discrimination | None:
        real, fake = real_logits[real_labels == label], fake_logits[fake_labels == label]
        return discrimination(real, fake) if len(real) and len(fake) else None

    return tuple(of_class(label) for label in range(n_classes))
