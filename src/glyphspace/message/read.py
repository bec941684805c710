"""Reading a message back: its latents drawn by the generator, and the drawings read by a classifier."""

from dataclasses import dataclass

from jaxtyping import Float32
from torch import Tensor

from ..latent.labelled import label
from ..nets.model import Model
from .message import Message, check_generator


@dataclass(frozen=True, eq=False)
class Reading:
    """What a classifier reads.

    Attributes:
        text: with the spaces and line breaks of the message's layout.
        certainties: float32 [n], of each character that is drawn.
    """

    text: str
    certainties: Float32[Tensor, " n"]


def read(message: Message, generator: Model, classifier: Model) -> Reading:
    """The text of `message`, as `classifier` reads what `generator` draws.

    Raises:
        BadInput: the message was written with another generator, or with latents of another width; or the classifier
            does not know the generator's classes.
    """
    check_generator(message, generator)
    labelled = label(generator, classifier, message.latents)
    characters = [classifier.classes[index] for index in labelled.labels.tolist()]
    return Reading(message.layout.fill(characters), labelled.certainty)
