"""Dataset: a description from which the images of a published dataset can be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from jaxtyping import UInt8

from ..core.errors import BadInput, UnknownName
from .images import LabelledImages
from .published import IdxFile
from .sources import Source

Reader = Callable[[IdxFile], UInt8[np.ndarray, "..."]]


@dataclass(frozen=True)
class IdxSplit:
    """The two files of a split, and how many images they hold where that is known."""

    images: IdxFile
    labels: IdxFile
    count: int | None = None


@dataclass(frozen=True)
class Dataset:
    """What has to be known of a dataset to load it.

    Attributes:
        name: what people call it on the command line.
        title: one line for people.
        classes: what the labels stand for, in their order.
        splits: "train" and "test".
        first_label: the label of the first class in the files.
        ignore_label: the label of images to leave out.
        transposed: rows and columns are swapped in the files, as in every EMNIST file.
        sources: where the files can be had, in the order in which they are tried.
        citation: the work to cite.
        licence: what its authors say of its use.
    """

    name: str
    title: str
    classes: tuple[str, ...]
    splits: Mapping[str, IdxSplit]
    first_label: int = 0
    ignore_label: int | None = None
    transposed: bool = False
    sources: tuple[Source, ...] = field(default=(), repr=False)
    citation: str = ""
    licence: str = ""

    @property
    def files(self) -> tuple[IdxFile, ...]:
        """Every file of every split."""
        return tuple(file for split in self.splits.values() for file in (split.images, split.labels))

    def split(self, name: str) -> IdxSplit:
        """The split that is called `name`; `UnknownName` when there is none."""
        if name not in self.splits:
            raise UnknownName(f"split of {self.name}", name, self.splits)
        return self.splits[name]

    def assemble(self, split: str, read: Reader) -> LabelledImages:
        """The images of a split, upright, with labels that count from 0; `read` gives the array in a file.

        Raises:
            BadInput: the arrays are not 28×28 images with as many labels of the classes.
        """
        files = self.split(split)
        images, labels = read(files.images), read(files.labels)
        name = f"{self.name}/{split}"
        if images.ndim != 3 or images.shape[1:] != (28, 28) or labels.ndim != 1:
            shapes = f"{list(images.shape)} and {list(labels.shape)}"
            raise BadInput(f"{name} needs images [n, 28, 28] and labels [n], but its files hold {shapes}")
        if len(images) != len(labels):
            raise BadInput(f"{name} has {len(images)} images but {len(labels)} labels")
        if self.transposed:
            images = np.ascontiguousarray(images.transpose(0, 2, 1))
        if self.ignore_label is not None:
            kept = labels != self.ignore_label
            images, labels = images[kept], labels[kept]
        if not len(images):
            raise BadInput(f"{name} holds no images")
        return LabelledImages(torch.from_numpy(images), self._classes_of(labels, name), self.classes, name)

    def _classes_of(self, labels: UInt8[np.ndarray, " n"], name: str) -> torch.Tensor:
        indices = labels.astype(np.int64) - self.first_label
        stray = labels[(indices < 0) | (indices >= len(self.classes))]
        if len(stray):
            last = self.first_label + len(self.classes) - 1
            raise BadInput(f"{name} has the label {stray[0]}, which is none of its {self.first_label} to {last}")
        return torch.from_numpy(indices)
