"""The latent space: the mean latent of each class, and how long latents are."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from ..figures.grids import labelled_grid
from ..figures.save import to_svg
from .page import Block, Picture, Table, Text
from .reading import PER_ROW, Labelled
from .words import percent


@dataclass(frozen=True, eq=False)
class Means:
    """The mean latent of each class that came, among latents whose images are read with some certainty.

    Attributes:
        z_dim: how many numbers a latent has; certainty: what was asked of the latents.
        names: of the classes whose means follow; counts: how many latents each is the mean of.
        images: what is drawn at the means, and read there; stretched: the same at latents in the same directions that
            are as long as those of their class.
        norms: of the mean latents; class_norms: the mean norm of the latents of each class.
        sample_norms: of all latents.
    """

    z_dim: int
    certainty: float
    names: tuple[str, ...]
    counts: tuple[int, ...]
    images: Labelled
    stretched: Labelled
    norms: Float[np.ndarray, " k"]
    class_norms: Float[np.ndarray, " k"]
    sample_norms: Float[np.ndarray, " n"]


def tell_means(means: Means) -> Iterator[Block]:
    """The images of the means, and the norms."""
    norm, spread = float(means.sample_norms.mean()), float(means.sample_norms.std())
    count = len(means.names)
    yield Text(
        (
            f"A latent is {means.z_dim} numbers, drawn from a normal distribution, from which the generator makes an "
            "image. Averaging all latents of one class gives a point that may never be drawn, in the middle of them. "
            f"The classifier reads {_right(means.images, means.names)} of {count} images there as their class.",
            f"Latents are about √{means.z_dim} ≈ {means.z_dim**0.5:.1f} long: {norm:.2f} ± {spread:.2f} here. Means "
            "are much shorter, since what the latents of a class do not have in common cancels out; what is left is "
            "the direction in which that class lies. As far out in these directions as samples lie, it reads "
            f"{_right(means.stretched, means.names)} of {count} as their class.",
        )
    )
    yield Picture(
        to_svg(labelled_grid(means.images.images, means.images.captions, PER_ROW)),
        f"Images at the mean latents of {count} classes, with the label and certainty of each",
        "Images at the mean latents, and what the classifier reads in them.",
    )
    yield Picture(
        to_svg(labelled_grid(means.stretched.images, means.stretched.captions, PER_ROW)),
        f"Images in the direction of the mean latents of {count} classes, with label and certainty",
        "The same directions, as far out as the latents of each class lie on average.",
    )
    yield Table(
        ("class", "mean of", "norm of the mean", "mean of their norms"),
        tuple(
            (name, f"{averaged:,} latents", f"{short:.2f}", f"{typical:.2f}")
            for name, averaged, short, typical in zip(
                means.names, means.counts, means.norms, means.class_norms, strict=True
            )
        ),
        f"Of latents whose image is read with a certainty of at least {percent(means.certainty, 0)}",
    )


def _right(read: Labelled, names: tuple[str, ...]) -> int:
    """How many images are read as what they are called."""
    return sum(read.classes[label] == name for label, name in zip(read.labels, names, strict=True))
