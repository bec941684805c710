"""Reading a message back: its latents drawn by the generator, and the drawings read by a classifier."""

from dataclasses import dataclass

from jaxtyping import Float32, UInt8
from torch import Tensor

from ..latent.labelled import label
from ..nets.model import Model
from .message import Message, check_generator, told_apart


@dataclass(frozen=True, eq=False)
class Reading:
    """What a classifier reads.

    Attributes:
        text: with the spaces and line breaks of the message's layout.
        certainties: float32 [n], of each character that is drawn.
        images: uint8 [n, 28, 28], the drawings.
    """

    text: str
    certainties: Float32[Tensor, " n"]
    images: UInt8[Tensor, "n 28 28"]


def read(message: Message, generator: Model, classifier: Model) -> Reading:
    """The text of `message`, as `classifier` reads what `generator` draws.

    Raises:
        BadInput: the message was written with another generator, or with latents of another width; or the classifier
            does not know the generator's classes.
    """
    message = told_apart(message, generator)
    check_generator(message, generator)
    labelled = label(generator, classifier, message.latents, message.conditions)
    characters = [classifier.classes[index] for index in labelled.labels.tolist()]
    return Reading(message.layout.fill(characters), labelled.certainty, labelled.images)
