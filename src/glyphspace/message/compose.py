"""Composing: a latent for each character of a text, such that anybody reads it as intended.

Candidates are drawn for each character, and read by a classifier. One is good when the classifier is certain enough of
what it was to be, and no other class comes near; a second, independent classifier, if there is one, must agree. Of a
few good ones the most typical is taken. No two of a message's characters are the same candidate.
"""

from collections import Counter
from dataclasses import dataclass

import torch
from jaxtyping import UInt8
from torch import Tensor

from ..core.progress import Progress, silent
from ..latent.labelled import check_pair
from ..nets.fingerprint import fingerprint
from ..nets.model import Model
from .alphabet import spell
from .hand import Hand, anew
from .message import Message
from .scrutiny import Examiner
from .search import search


@dataclass(frozen=True, eq=False)
class Composition:
    """A message, the text that it says, and its drawings uint8 [n, 28, 28]."""

    message: Message
    text: str
    images: UInt8[Tensor, "n 28 28"]


def compose(
    text: str,
    generator: Model,
    classifier: Model,
    seed: int,
    second: Model | None = None,
    hand: Hand | None = None,
    model: str = "",
    progress: Progress = silent,
) -> Composition:
    """The message that says `text`; the same latents for equal text, seed and models, on any machine.

    Args:
        text: characters that the generator can write, spaces and line breaks; it is made `tidy` first.
        second: an independent classifier that must agree with the first.
        hand: how it is written; by default anew for each character.
        model: what the message calls the generator; by default its architecture and dataset.
        progress: told of the good candidates found.

    Raises:
        BadInput: the text is empty, too long or has characters that the generator does not draw; the classifiers do
            not know its classes; or a character is drawn too rarely as well as is asked.
    """
    for reader in filter(None, (classifier, second)):
        check_pair(generator, reader)
    hand = hand or anew()
    spelling = spell(text, generator.classes)
    labels = torch.tensor([classifier.classes.index(name) for name in spelling.classes])
    examiner = Examiner(generator, classifier, second)
    found = search(examiner, Counter(labels.tolist()), hand, seed, progress)
    places = {label: iter(found.of_class(label).tolist()) for label in labels.unique().tolist()}
    order = torch.tensor([next(places[label]) for label in labels.tolist()])
    message = Message(
        found.latents[order],
        spelling.layout,
        model or f"{generator.architecture} on {generator.dataset}",
        fingerprint(generator),
        generator.classes,
        None if found.conditions is None else found.conditions[order],
    )
    return Composition(message, spelling.text, found.images[order])
