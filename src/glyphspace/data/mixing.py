"""Datasets of the same classes put together: scarce images repeated, and others added to them."""

import torch

from ..core.errors import BadInput
from ..core.randomness import stream
from .images import LabelledImages


def pool(*datasets: LabelledImages) -> LabelledImages:
    """All images of several datasets that have the same classes.

    Raises:
        BadInput: their classes or channels differ.
    """
    first = datasets[0]
    for other in datasets[1:]:
        if other.classes != first.classes or other.channels != first.channels:
            raise BadInput(f"{first.name} and {other.name} have other classes or channels and cannot be pooled")
    return LabelledImages(
        images=torch.cat([dataset.images for dataset in datasets]),
        labels=torch.cat([dataset.labels for dataset in datasets]),
        classes=first.classes,
        name=" and ".join(dataset.name for dataset in datasets),
    )


def repeat(images: LabelledImages, count: int) -> LabelledImages:
    """`count` images: the given ones over and over, so that each comes as often as any other, or once more."""
    if not len(images) or count < 0:
        raise BadInput(f"{images.name} has {len(images)} images, which cannot be repeated to make {count}")
    return images.take(torch.arange(count) % len(images))


def balance(images: LabelledImages, spare: LabelledImages, seed: int) -> LabelledImages:
    """`images`, and of each class as many of `spare` as it lacks to be as large as the largest.

    Args:
        spare: of the same classes; `images` themselves repeat what is scarce. What a class has too few of is repeated.
        seed: of the choice.

    Raises:
        BadInput: `spare` has no image of a class that needs some.
    """
    counts = images.class_counts()
    parts = []
    for label, missing in enumerate((counts.max() - counts).tolist()):
        if not missing:
            continue
        members = (spare.labels == label).nonzero().flatten()
        if not len(members):
            raise BadInput(f"{spare.name} has no image of the class {images.classes[label]!r} to fill up with")
        order = members[torch.randperm(len(members), generator=stream(seed, "balance", images.classes[label]))]
        parts.append(repeat(spare.take(order), missing))
    return pool(images, *parts) if parts else images
