"""Parts of a dataset, and several as one: scarce, unbalanced, held out, united.

Every choice is made class by class, from a stream that is named after the class, and keeps the images' order. Of each
class, fewer images with the same seed are part of more, so that results over growing shares compare like with like.
"""

from collections.abc import Mapping, Sequence

import torch
from jaxtyping import Int64
from torch import Tensor

from ..core.errors import BadInput, UnknownName
from ..core.randomness import stream
from .images import LabelledImages


def few_shot(images: LabelledImages, per_class: int, seed: int) -> LabelledImages:
    """`per_class` images of each class."""
    return _choose(images, [per_class] * len(images.classes), seed, f"{images.name}, {per_class} per class")


def unbalanced(images: LabelledImages, keep: Mapping[str, int | float], seed: int) -> LabelledImages:
    """A dataset in which some classes are scarcer.

    Args:
        keep: for the name of a class, how many of its images to keep (an int) or which share of them (a float from
            0 to 1). Classes that are not named are kept whole.

    Raises:
        UnknownName: `keep` names what is no class.
        BadInput: more images are asked for than the class has.
    """
    counts = images.class_counts().tolist()
    for name, wanted in keep.items():
        if name not in images.classes:
            raise UnknownName(f"class of {images.name}", name, images.classes)
        label = images.classes.index(name)
        counts[label] = _count(wanted, counts[label], name)
    return _choose(images, counts, seed, f"{images.name}, unbalanced")


def fraction(images: LabelledImages, share: float, seed: int) -> LabelledImages:
    """A share of the images, from 0 to 1, with the class frequencies of the whole as nearly as can be."""
    if not 0 < share <= 1:
        raise BadInput(f"a share of {images.name} lies above 0 and is at most 1, unlike {share}")
    counts = _in_proportion(images, round(share * len(images)))
    return _choose(images, counts, seed, f"{images.name}, {share:.4g} of it")


def hold_out(images: LabelledImages, count: int, seed: int) -> tuple[LabelledImages, LabelledImages]:
    """The rest, and a validation part of `count` images with the class frequencies of the whole as nearly as can be."""
    validation = _chosen(images, _in_proportion(images, count), seed)
    held = torch.zeros(len(images), dtype=torch.bool).index_fill(0, validation, True)
    rest = (~held).nonzero().flatten()
    return (
        images.take(rest, f"{images.name}, less {count}"),
        images.take(validation, f"{images.name}, {count} held out"),
    )


def union(*datasets: LabelledImages) -> LabelledImages:
    """All images of several datasets, whose classes follow one another.

    Raises:
        BadInput: two of them have a class of the same name, or differ in their channels.
    """
    if len({dataset.channels for dataset in datasets}) > 1:
        raise BadInput("grey and stacked images cannot be united")
    origin: dict[str, str] = {}
    first_labels = []
    for dataset in datasets:
        for name in dataset.classes:
            if name in origin:
                raise BadInput(f"{origin[name]} and {dataset.name} both have a class {name!r} and cannot be united")
        first_labels.append(len(origin))
        origin |= dict.fromkeys(dataset.classes, dataset.name)
    return LabelledImages(
        images=torch.cat([dataset.images for dataset in datasets]),
        labels=torch.cat([dataset.labels + first for dataset, first in zip(datasets, first_labels, strict=True)]),
        classes=tuple(origin),
        name="+".join(dataset.name for dataset in datasets),
    )


def _count(wanted: int | float, there: int, name: str) -> int:
    if not 0 <= wanted <= (1 if isinstance(wanted, float) else there):
        raise BadInput(
            f"of class {name} a number from 0 to {there} or a share from 0.0 to 1.0 can be kept, not {wanted}"
        )
    return round(wanted * there) if isinstance(wanted, float) else wanted


def _in_proportion(images: LabelledImages, count: int) -> list[int]:
    """How many of each class make `count` in the frequencies of the whole: by largest remainder, ties to the first."""
    if not 0 <= count <= len(images):
        raise BadInput(f"{images.name} has {len(images)} images, of which {count} cannot be taken")
    shares = [divmod(count * size, len(images)) for size in images.class_counts().tolist()]
    counts = [whole for whole, _ in shares]
    by_remainder = sorted(range(len(shares)), key=lambda label: -shares[label][1])
    for label in by_remainder[: count - sum(counts)]:
        counts[label] += 1
    return counts


def _choose(images: LabelledImages, counts: Sequence[int], seed: int, name: str) -> LabelledImages:
    return images.take(_chosen(images, counts, seed), name)


def _chosen(images: LabelledImages, counts: Sequence[int], seed: int) -> Int64[Tensor, " k"]:
    """The indices, in order, of `counts` images of each class."""
    parts = []
    for label, (name, count) in enumerate(zip(images.classes, counts, strict=True)):
        members = (images.labels == label).nonzero().flatten()
        if not 0 <= count <= len(members):
            raise BadInput(f"class {name} of {images.name} has {len(members)} images, of which {count} cannot be taken")
        parts.append(members[torch.randperm(len(members), generator=stream(seed, "subset", name))[:count]])
    return torch.cat(parts).sort().values
