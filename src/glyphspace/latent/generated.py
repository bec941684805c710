"""A generator's images as a dataset, to train on in place of real ones or beside them."""

import torch

from ..core.errors import BadInput
from ..data.images import GENERATED, LabelledImages
from ..nets.model import Model
from .certainty import classify
from .decode import condition_dim, conditions, decode, z_dim
from .labelled import check_pair
from .prior import normal


def generated(generator: Model, count: int, seed: int, classifier: Model | None = None) -> LabelledImages:
    """`count` images of `generator` with labels, named after its dataset: "mnist (generated)".

    A conditional generator is asked for its classes in equal numbers, and what was asked is the label. The images of an
    unconditional one come as they come, and `classifier` labels them: what is trained on them learns from it too.

    Raises:
        BadInput: the model is no generator, fewer images than classes are asked for, or an unconditional generator
            comes without a classifier that knows its classes.
    """
    if count < len(generator.classes):
        raise BadInput(f"{count} images cannot show {len(generator.classes)} classes; generate more")
    name = f"{generator.dataset}{GENERATED}"
    latents = normal(count, z_dim(generator), seed, "generated")
    if condition_dim(generator):
        labels = torch.arange(count) % len(generator.classes)
        images = decode(generator, latents, conditions(generator, labels))
        return LabelledImages(images, labels, generator.classes, name)
    if classifier is None:
        raise BadInput(
            f"the generator {generator.architecture!r} is unconditional: its images need a classifier to label them"
        )
    check_pair(generator, classifier)
    images = decode(generator, latents)
    return LabelledImages(images, classify(classifier, images).labels, classifier.classes, name)
