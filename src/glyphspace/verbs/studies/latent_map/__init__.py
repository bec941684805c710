"""The report on mixing latents and on maps of the latent space, done again."""

from ....report.apart import RULE
from ..frame import Study, add
from . import maps, mixing, room, subjects

add(
    Study(
        name="latent-map",
        title="Mixing latents, and maps of the space they live in",
        document="GANs on MNIST dataset",
        about=(
            "Two printed latents of 100 numbers are drawn, and mixtures of two and of three; then the latents and the "
            "images of a thousand digits and of several thousand, each read by a classifier of three dense layers, are "
            "laid out in two dimensions with t-SNE, to see how much room each digit takes. A claim is taken apart into "
            "what a figure can confirm or refute, and its verdict follows from these parts alone.",
            RULE,
        ),
        steps=tuple(step for part in (subjects, mixing, maps) for step in part.STEPS),
        chapters=(*mixing.CHAPTERS, maps.MAPS, room.ROOM, maps.UNIFORM),
    )
)
