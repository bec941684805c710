"""Whether a network can judge images at all."""

from ..core.errors import BadInput
from ..data import LabelledImages
from ..nets.model import Model


def check_judge(judging: Model, images: LabelledImages) -> None:
    """Refuse a network that has learned other classes than these images have: what it says of labels means nothing.

    Raises:
        BadInput: it has.
    """
    if judging.classes != images.classes or images.channels != 1:
        raise BadInput(
            f"the network that judges knows the classes of {judging.dataset}, and {images.name} has others; train "
            f"one of your own (glyphspace train features-judging --data …) and name it with --judge"
        )
