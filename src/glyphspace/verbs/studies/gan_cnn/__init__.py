"""The report "GAN and CNN to conquer MNIST" and its assignment's questions, done again: a file for each part."""

from ....report.apart import RULE
from ..frame import Study, add
from . import (
    batch,
    certainty,
    classifier,
    convolutions,
    exploration,
    improving,
    losses,
    means,
    nets,
    noises,
    rewards,
    schooling,
    symmetry,
    training,
)

PARTS = (
    nets,
    training,
    batch,
    symmetry,
    rewards,
    improving,
    losses,
    classifier,
    convolutions,
    schooling,
    certainty,
    means,
    exploration,
    noises,
)
CHAPTERS = (
    *nets.CHAPTERS,
    *batch.CHAPTERS,
    *training.CHAPTERS,
    improving.IMPROVING,
    losses.MINIMAX,
    *classifier.CHAPTERS,
    *convolutions.CHAPTERS,
    *schooling.CHAPTERS,
    losses.CROSS_ENTROPY,
    *certainty.CHAPTERS,
    *means.CHAPTERS,
    exploration.PATHS,
    *noises.CHAPTERS,
    exploration.PLANE,
    improving.COLLAPSE,
)

add(
    Study(
        name="gan-cnn",
        title="A GAN and a CNN on MNIST",
        document="GAN and CNN to conquer MNIST",
        about=(
            "A generator and a discriminator of two to four hundred thousand parameters are trained on MNIST, and a "
            "small convolutional classifier beside them; the classifier then reads what the generator draws, and with "
            "both the space of latents is explored. Each chapter gives the report's figures beside ours. A claim is "
            "taken apart into what a figure can confirm or refute, and its verdict follows from these parts alone.",
            RULE,
        ),
        steps=tuple(step for part in PARTS for step in part.STEPS),
        chapters=CHAPTERS,
    )
)
