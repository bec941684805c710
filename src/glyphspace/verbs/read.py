"""read: the latents of a message back to text."""

from pathlib import Path

from ..message.keep import load_message
from ..message.read import Reading
from ..message.read import read as read_message
from ..nets.model import Model
from ..zoo import find_model, labeller


def read(
    file: str | Path, *, model: str | Path | Model = "digits", classifier: str | Path | Model | None = None
) -> Reading:
    """What a classifier reads in the message that `write` kept in `file`, or in latents that `torch.save` wrote.

    Raises:
        BadInput: the file holds no message, or one that another generator wrote.
    """
    message = load_message(file)
    generator = find_model(model, "generator")
    reader = find_model(classifier, "classifier") if classifier is not None else labeller(generator.dataset)
    return read_message(message, generator, reader)
