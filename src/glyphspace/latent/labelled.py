"""Labelled latents: latents with the images drawn at them and what a classifier takes these for.

They are the triplets of section 3.1 of the assignment "GAN and CNN to conquer MNIST".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from jaxtyping import Float32, Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..nets.model import Model
from .certainty import Prediction, classify
from .decode import decode


@dataclass(frozen=True, eq=False)
class LabelledLatents:
    """Latents, their images and their labels, row by row.

    Attributes:
        latents: float32 [n, z].
        images: uint8 [n, 28, 28], what the generator draws at each latent.
        labels: int64 [n], indices into `classes`.
        probabilities: float32 [n, classes], what the classifier says of each image.
        classes: what each label stands for.
    """

    latents: Float32[Tensor, "n z"]
    images: UInt8[Tensor, "n 28 28"]
    labels: Int64[Tensor, " n"]
    probabilities: Float32[Tensor, "n classes"]
    classes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def certainty(self) -> Float32[Tensor, " n"]:
        """The largest probability of each image."""
        return Prediction(self.probabilities).certainty

    @property
    def margin(self) -> Float32[Tensor, " n"]:
        """By how much it is larger than the second."""
        return Prediction(self.probabilities).margin

    def take(self, indices: Int64[Tensor, " k"] | Sequence[int]) -> "LabelledLatents":
        """The rows at `indices`, in that order."""
        index = torch.as_tensor(indices, dtype=torch.int64)
        return replace(
            self,
            latents=self.latents[index],
            images=self.images[index],
            labels=self.labels[index],
            probabilities=self.probabilities[index],
        )

    def above(self, certainty: float, margin: float = 0.0) -> "LabelledLatents":
        """Those with at least this certainty and margin."""
        return self.take(((self.certainty >= certainty) & (self.margin >= margin)).nonzero().flatten())

    def of_class(self, *labels: int) -> "LabelledLatents":
        """Those with this label, or with one of these."""
        return self.take(torch.isin(self.labels, torch.tensor(labels)).nonzero().flatten())


def label(generator: Model, classifier: Model, latents: Float32[Tensor, "n z"]) -> LabelledLatents:
    """Draw `latents`, n ≥ 1, with `generator` and label the images with `classifier`.

    Raises:
        BadInput: the latents do not fit the generator, or the classifier does not fit it.
    """
    check_pair(generator, classifier)
    images = decode(generator, latents)
    prediction = classify(classifier, images)
    return LabelledLatents(latents, images, prediction.labels, prediction.probabilities, classifier.classes)


def check_pair(generator: Model, classifier: Model) -> None:
    """Refuse a classifier that cannot tell what the generator draws.

    Raises:
        BadInput: a class of the generator is none of the classifier's.
    """
    unknown = [name for name in generator.classes if name not in classifier.classes]
    if unknown:
        raise BadInput(
            f"the classifier, trained on {classifier.dataset}, does not know the generator's class {unknown[0]!r}; "
            f"use one that was trained on {generator.dataset}"
        )


def join(parts: Sequence[LabelledLatents]) -> LabelledLatents:
    """One or more of the same classes, one after the other."""
    return LabelledLatents(
        latents=torch.cat([part.latents for part in parts]),
        images=torch.cat([part.images for part in parts]),
        labels=torch.cat([part.labels for part in parts]),
        probabilities=torch.cat([part.probabilities for part in parts]),
        classes=parts[0].classes,
    )
