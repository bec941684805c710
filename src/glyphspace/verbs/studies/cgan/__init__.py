"""The report "Training CGAN on MNIST", done again: a file for each part."""

from ....report.apart import RULE
from ..frame import Study, add
from . import advantage, classes, discrimination, embeddings, ingredients, nets, noises, paths, training

PARTS = (nets, training, advantage, ingredients, discrimination, classes, embeddings, paths, noises)
BEFORE, AFTER = training.CHAPTERS
CHAPTERS = (
    *nets.CHAPTERS,
    *advantage.CHAPTERS,
    BEFORE,
    AFTER,
    *ingredients.CHAPTERS,
    *classes.CHAPTERS,
    *discrimination.CHAPTERS,
    *embeddings.CHAPTERS,
    *paths.CHAPTERS,
    *noises.CHAPTERS,
)

add(
    Study(
        name="cgan",
        title="A conditional GAN on MNIST",
        document="Training CGAN on MNIST",
        about=(
            "A GAN that is told which digit to draw is trained on MNIST: a reference of plain convolutions, and the "
            "report's own of residual blocks, whose discriminator has nine updates for each of the generator. Then its "
            "two inputs are explored apart: z, and the embedding of the class. Each chapter gives the report's figures "
            "beside ours. A claim is taken apart into what a figure can confirm or refute, and its verdict follows "
            "from these parts alone; behind ± stands the deviation between seeds, and in brackets how many there were.",
            RULE,
            "The quick study trains both GANs for seconds and explores a conditional generator of digits that ships, "
            "if there is one; what takes long training is left untold. The full study trains everything from three "
            "seeds: both GANs as long as the report did, the schedules of the advantage for ten and twenty epochs, "
            "and each change of an ingredient for three. What that took stands with each.",
        ),
        steps=tuple(step for part in PARTS for step in part.STEPS),
        chapters=CHAPTERS,
    )
)
