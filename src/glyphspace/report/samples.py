"""What a generator draws, how it came to draw that, and what in the training images it is nearest to."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8

from ..figures.evolution import evolution_gif, evolution_rows
from ..figures.grids import image_grid, labelled_grid
from ..figures.save import to_svg
from .embed import png
from .page import Block, Picture, Pictures, Text

Images = UInt8[np.ndarray, "n *stack 28 width"]

COLUMNS, SHEET = 6, 48  # of a sheet that stands beside another
LATENTS, ROWS = 12, 9  # of the evolution in rows
MOVING = 24  # frames of a moving picture, at most
PAIRS_PER_ROW, GAP = 10, 3  # columns; pixels between a sample and its training image
NEAREST = 20  # classes whose nearest pair is shown, at most


@dataclass(frozen=True, eq=False)
class Samples:
    """Generated images, not chosen, and as many real ones."""

    generated: Images
    real: Images


@dataclass(frozen=True, eq=False)
class Evolution:
    """What the same latents were drawn as at some of a run's steps."""

    steps: tuple[int, ...]
    sheets: tuple[Images, ...]


@dataclass(frozen=True, eq=False)
class Copies:
    """Generated images beside the nearest training image of each, by the distance of their pixels.

    Distances are Euclidean over the pixels, 1 being the difference of ground and full ink in one.

    Attributes:
        generated, training: the pairs. The first ten are not chosen; the others are the nearest of each class.
        distances: of each pair.
        every: of every generated image that was looked at to find these.
        unseen: of as many real images that were not trained on.
    """

    generated: Images
    training: Images
    distances: Float[np.ndarray, " n"]
    every: Float[np.ndarray, " searched"]
    unseen: Float[np.ndarray, " m"]


def tell_samples(samples: Samples) -> Iterator[Block]:
    """Samples beside real images."""
    yield Text(
        (
            "The samples are the first that were drawn, good and bad. Look for strokes that break off or fray, for "
            "shapes that are no character, and for the same shape again and again: that would be mode collapse.",
        )
    )
    sheets = (("generated", samples.generated, "generated"), ("real", samples.real, "real"))
    yield Pictures(tuple(_sheet(images[:SHEET], f"{kind} characters", caption) for kind, images, caption in sheets))


def tell_evolution(evolution: Evolution, per_epoch: int) -> Iterator[Block]:
    """The same latents in rows, and as a moving picture."""
    yield Text(("The same latents, drawn again and again while the generator learned.",))
    rows, shown = _spread(len(evolution.steps), ROWS), _spread(len(evolution.sheets[0]), LATENTS)
    yield Picture(
        to_svg(
            evolution_rows(
                [evolution.sheets[row][shown] for row in rows],
                [_when(evolution.steps[row], per_epoch) for row in rows],
            )
        ),
        f"{LATENTS} samples at {len(rows)} moments of the training",
        "Each column is one latent, each row a moment: first noise, then blots, then strokes that become characters.",
    )
    pages = _spread(len(evolution.steps), MOVING)
    moving = evolution_gif(
        [image_grid(evolution.sheets[page], 8, palette="ink") for page in pages],
        [_when(evolution.steps[page], per_epoch) for page in pages],
    )
    count = len(evolution.sheets[0])
    yield Picture(
        moving,
        f"Moving picture of {count} samples as the training goes on",
        f"{count} latents, from the first step to the last.",
        "glyphs",
    )


def tell_copies(copies: Copies) -> Iterator[Block]:
    """Pairs of a sample and its nearest training image, and how near that is for images that nobody trained on."""
    ours, theirs = (float(np.median(each)) for each in (copies.every, copies.unseen))
    yield Text(
        (
            "A generator could get good figures by copying its training images. So each of "
            f"{len(copies.every):,} samples was compared with all of them, pixel by pixel. The first row of pairs is "
            "not chosen; after it comes, for each class, the sample that is nearest to any of its training images. "
            "Copies would look the same down to each stroke.",
            f"Half of the samples are nearer than {ours:.2f} to a training image (1 is one pixel of full ink in place "
            f"of none), and half of as many real images that were not trained on are nearer than {theirs:.2f}. Samples "
            "that came much nearer than those would be copies, or very plain.",
        )
    )
    pairs = np.concatenate([np.pad(copies.generated, ((0, 0), (0, GAP), (0, 0))), copies.training], axis=1)
    yield Picture(
        to_svg(labelled_grid(pairs, [f"{distance:.2f}" for distance in copies.distances], PAIRS_PER_ROW)),
        f"{len(pairs)} samples above the training image nearest to each",
        "Above a sample, below the training image that is nearest to it, and how far apart the two are.",
    )


def _sheet(images: Images, alt: str, caption: str) -> Picture:
    return Picture(png(image_grid(images, COLUMNS, palette="ink")), f"Sheet of {len(images)} {alt}", caption, "glyphs")


def _spread(count: int, most: int) -> list[int]:
    """At most `most` of the numbers below `count`, evenly apart, the first and the last among them."""
    return np.linspace(0, count - 1, min(count, most)).round().astype(int).tolist()


def _when(step: int, per_epoch: int) -> str:
    return f"step {step}" if step < per_epoch else f"epoch {round(step / per_epoch, 1):g}"
