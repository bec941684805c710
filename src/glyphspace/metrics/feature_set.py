"""FeatureSet: images as the judges see them."""

from dataclasses import dataclass, fields

import torch
from jaxtyping import Float, Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput


@dataclass(frozen=True, eq=False)
class FeatureSet:
    """What is known of n images. Only the features must be; a figure that needs what is missing is left out.

    Attributes:
        features: float [n, d], from a feature network.
        labels: int64 [n], the class that each image is, or was asked to be.
        probabilities: float [n, classes], from a classifier.
        images: uint8 [n, 28, 28].
    """

    features: Float[Tensor, "n d"]
    labels: Int64[Tensor, " _"] | None = None
    probabilities: Float[Tensor, "_ classes"] | None = None
    images: UInt8[Tensor, "_ 28 28"] | None = None

    def __post_init__(self) -> None:
        for name, value in self._parts().items():
            if len(value) != len(self):
                raise BadInput(f"there are {len(self)} rows of features but {len(value)} of {name}")

    def __len__(self) -> int:
        return len(self.features)

    def take(self, indices: Int64[Tensor, " k"]) -> "FeatureSet":
        """The rows at `indices`, in that order."""
        return FeatureSet(**{name: value[indices] for name, value in self._parts().items()})

    def without(self, indices: Int64[Tensor, " k"]) -> "FeatureSet":
        """All rows but those at `indices`, in their order."""
        left = torch.ones(len(self), dtype=torch.bool)
        left[indices] = False
        return self.take(left.nonzero().flatten())

    def _parts(self) -> dict[str, Tensor]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}
