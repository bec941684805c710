"""read: the latents of a message back to text."""

from pathlib import Path

from ..core.errors import BadInput
from ..message.keep import load_message
from ..message.message import Message
from ..message.read import Reading
from ..message.read import read as read_message
from ..nets.model import Model
from ..zoo import find_model, labeller, shipped


def read(
    file: str | Path, *, model: str | Path | Model | None = None, classifier: str | Path | Model | None = None
) -> Reading:
    """What a classifier reads in the message that `write` kept in `file`, or in latents that `torch.save` wrote.

    Args:
        model: the generator; by default the one that the message names, if it ships.
        classifier: by default the one that ships for the generator's dataset.

    Raises:
        BadInput: the file holds no message, names a generator that does not ship, or was written with another one.
    """
    message = load_message(file)
    generator = find_model(model if model is not None else _named(message, file), "generator")
    reader = find_model(classifier, "classifier") if classifier is not None else labeller(generator.dataset)
    return read_message(message, generator, reader)


def _named(message: Message, file: str | Path) -> str:
    if message.model not in shipped():
        raise BadInput(f"{file} was written with {message.model or 'a generator it does not name'}; give it as --model")
    return message.model
