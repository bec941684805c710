"""LabelledImages: a whole split of a dataset, held in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from jaxtyping import Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.words import can_be_shown

GENERATED = " (generated)"  # after the name of a dataset whose images a model drew


@dataclass(frozen=True, eq=False)
class LabelledImages:
    """Images with a class each.

    Attributes:
        images: uint8 [n, 28, 28], 0 is the ground and 255 is full ink; [n, 3, 28, 28] where several are stacked.
        labels: int64 [n], indices into `classes`.
        classes: what each label stands for, e.g. ("0", …, "9").
        name: where they come from, e.g. "mnist/train".
    """

    images: UInt8[Tensor, "n *stack 28 28"]
    labels: Int64[Tensor, " n"]
    classes: tuple[str, ...]
    name: str

    def __post_init__(self) -> None:
        for name in (self.name, *self.classes):
            if not can_be_shown(name):
                raise BadInput(f"a dataset or class is called {name!r}, which cannot be printed; give it another name")
        if len(self.images) != len(self.labels):
            raise BadInput(f"{self.name} has {len(self.images)} images but {len(self.labels)} labels")
        if len(self.labels) and not 0 <= int(self.labels.min()) <= int(self.labels.max()) < len(self.classes):
            raise BadInput(f"{self.name} has labels outside its {len(self.classes)} classes")

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def channels(self) -> int:
        """How many channels a net needs for an image: 1, or as many as are stacked."""
        return 1 if self.images.ndim == 3 else self.images.shape[1]

    def take(self, indices: Int64[Tensor, " k"] | Sequence[int], name: str | None = None) -> "LabelledImages":
        """The images at `indices`, in that order."""
        index = torch.as_tensor(indices, dtype=torch.int64)
        return replace(self, images=self.images[index], labels=self.labels[index], name=name or self.name)

    def some(self, count: int) -> "LabelledImages":
        """So many of them, or all, at equal distances, so that where they lie class by class all classes have some."""
        count = min(count, len(self))
        return self.take(torch.arange(count) * len(self) // max(count, 1))

    def class_counts(self) -> Int64[Tensor, " classes"]:
        """How many images each class has."""
        return torch.bincount(self.labels, minlength=len(self.classes))

    def to(self, device: torch.device | str) -> "LabelledImages":
        """The same images on another device."""
        return replace(self, images=self.images.to(device), labels=self.labels.to(device))
