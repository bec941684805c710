"""The report on mixing latents and on maps of the latent space, done again."""

from ..frame import Study, add
from . import maps, mixing

PARTS = (mixing, maps)

add(
    Study(
        name="latent-map",
        title="Mixing latents, and maps of the space they live in",
        document="GANs on MNIST dataset",
        about=(
            "A generator of digits is given latents of 100 numbers, and mixtures of two and of three; then the latents "
            "and the images of a thousand and of ten thousand digits are laid out in two dimensions with t-SNE, to see "
            "how much room each digit takes.",
        ),
        steps=tuple(step for part in PARTS for step in part.STEPS),
        chapters=tuple(chapter for part in PARTS for chapter in part.CHAPTERS),
    )
)
