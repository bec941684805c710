"""Labelled latents: latents with the images drawn at them and what a classifier takes these for.

They are the triplets of section 3.1 of the assignment "GAN and CNN to conquer MNIST".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from jaxtyping import Float32, Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..nets.model import Model
from .certainty import Prediction, classify
from .decode import conditions_of, decode

ROWS = ("latents", "images", "labels", "probabilities", "conditions", "asked")  # what has a row for each latent


@dataclass(frozen=True, eq=False)
class LabelledLatents:
    """Latents, their images and their labels, row by row.

    Attributes:
        latents: float32 [n, z].
        images: uint8 [n, 28, 28], or [n, 3, 28, 28] of stacked ones, what the generator draws at each latent.
        labels: int64 [n], indices into `classes`.
        probabilities: float32 [n, classes], what the classifier says of each image.
        classes: what each label stands for.
        conditions: float32 [n, e], what a conditional generator was told; None of an unconditional one.
        asked: int64 [n], the classes that those conditions stand for; None where they stand for none.
    """

    latents: Float32[Tensor, "n z"]
    images: UInt8[Tensor, "n *stack 28 28"]
    labels: Int64[Tensor, " n"]
    probabilities: Float32[Tensor, "n classes"]
    classes: tuple[str, ...]
    conditions: Float32[Tensor, "n e"] | None = None
    asked: Int64[Tensor, " n"] | None = None

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
        rows: dict[str, Any] = {name: value[index] for name in ROWS if (value := getattr(self, name)) is not None}
        return replace(self, **rows)

    def above(self, certainty: float, margin: float = 0.0) -> "LabelledLatents":
        """Those with at least this certainty and margin."""
        return self.take(((self.certainty >= certainty) & (self.margin >= margin)).nonzero().flatten())

    def of_class(self, *labels: int) -> "LabelledLatents":
        """Those with this label, or with one of these."""
        return self.take(torch.isin(self.labels, torch.tensor(labels)).nonzero().flatten())


def label(
    generator: Model,
    classifier: Model,
    latents: Float32[Tensor, "n z"],
    conditions: Float32[Tensor, "_ _"] | None = None,
) -> LabelledLatents:
    """Draw `latents`, n ≥ 1, with `generator` and label the images with `classifier`.

    Args:
        conditions: what a conditional generator is told with each latent.

    Raises:
        BadInput: the latents or the conditions do not fit the generator, or the classifier does not fit it.
    """
    check_pair(generator, classifier)
    images = decode(generator, latents, conditions)
    seen = classify(classifier, images)
    return LabelledLatents(latents, images, seen.labels, seen.probabilities, classifier.classes, conditions)


def label_asked(
    generator: Model, classifier: Model, latents: Float32[Tensor, "n z"], asked: Int64[Tensor, " n"]
) -> LabelledLatents:
    """Draw `latents`, n ≥ 1, with a conditional `generator` as the classes `asked`, indices into the classifier's.

    Raises:
        BadInput: the generator is unconditional or does not draw such a class; and what `label` raises.
    """
    check_pair(generator, classifier)
    told = conditions_of(generator, asked, classifier.classes)
    return replace(label(generator, classifier, latents, told), asked=asked)


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
    """One or more of the same classes and generator, one after the other."""
    first = parts[0]
    kept = [name for name in ROWS if getattr(first, name) is not None]
    rows: dict[str, Any] = {name: torch.cat([getattr(part, name) for part in parts]) for name in kept}
    return replace(first, **rows)
