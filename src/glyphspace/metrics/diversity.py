"""Diversity within classes: how far apart two images of one class are."""

from jaxtyping import Float, Int64
from torch import Tensor

from ..core.errors import BadInput
from .checks import check_features


def class_diversity(features: Float[Tensor, "n d"], labels: Int64[Tensor, " n"], n_classes: int) -> tuple[float, ...]:
    """For each class the root mean square distance between two of its images; NaN where it has fewer than two.

    Read it beside that of real images: generated ones that all look alike have less, and bad ones may have more.

    Raises:
        BadInput: no features, values that are not finite, or labels outside the classes.
    """
    check_features("labelled", features, at_least=1)
    if not 0 <= int(labels.min()) <= int(labels.max()) < n_classes:
        raise BadInput(f"there are labels outside the {n_classes} classes")
    return tuple(_spread(features[labels == of].double()) for of in range(n_classes))


def _spread(features: Float[Tensor, "n d"]) -> float:
    """The mean square distance of two rows is twice the sum of the columns' unbiased variances."""
    return float((2 * features.var(dim=0).sum()).sqrt()) if len(features) > 1 else float("nan")
