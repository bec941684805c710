"""The document "DCGAN and conditional WGAN", done again: a file for each part."""

from ....report.apart import RULE
from ..frame import Study, add
from . import classes, collapse, conditional, convergence, critic, dcgan, dimension, gradients, looking, scarcity

PARTS = (dcgan, critic, dimension, classes, collapse, gradients, convergence, scarcity, conditional, looking)

add(
    Study(
        name="dcgan-cwgan",
        title="A DCGAN on MNIST, a conditional WGAN on Fashion-MNIST",
        document="DCGAN and conditional WGAN",
        about=(
            "A convolutional GAN is trained on MNIST and a dense, conditional Wasserstein GAN on Fashion-MNIST; the "
            "document then answers five questions about latents, classes, what goes wrong in training and what GANs "
            "are of use for. It gives few figures of its own, so that its claims are put to the test beside what they "
            "would have to show. A claim is taken apart into what a figure can confirm or refute, and its verdict "
            "follows from these parts alone.",
            RULE,
        ),
        steps=tuple(step for part in PARTS for step in part.STEPS),
        chapters=(
            dcgan.NETS_CHAPTER,
            dcgan.TRAINING,
            critic.CRITIC,
            dimension.DIMENSION,
            classes.CLASSES,
            collapse.COLLAPSE,
            gradients.GRADIENTS,
            convergence.CONVERGENCE,
            scarcity.SCARCITY,
            conditional.CONDITIONAL,
            dcgan.SAMPLES,
            looking.LOOKING,
        ),
    )
)
