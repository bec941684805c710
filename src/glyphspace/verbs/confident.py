"""Training images whose label a classifier confirms: the confident labels of "GAN and CNN to conquer MNIST".

That report would have experts rate their confidence in each label. Nobody did so for these datasets, and a classifier
stands in for them.
"""

from ..core.errors import BadInput
from ..data import LabelledImages
from ..metrics.features import probabilities
from ..nets.model import Model


def confident(images: LabelledImages, teacher: Model, least: float) -> LabelledImages:
    """The images to whose own label `teacher` gives a probability of at least `least`.

    Raises:
        BadInput: the teacher knows other classes, or confirms no label.
    """
    if images.classes != teacher.classes:
        raise BadInput(f"the teacher, trained on {teacher.dataset}, knows other classes than those of {images.name}")
    chances = probabilities(teacher.net, images.images).gather(1, images.labels[:, None]).squeeze(1)
    kept = (chances >= least).nonzero().flatten()
    if not len(kept):
        raise BadInput(f"the teacher gives no label of {images.name} a probability of {least:g}")
    return images.take(kept)
