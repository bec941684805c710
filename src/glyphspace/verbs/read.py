"""read: the latents of a message back to text, or a picture of writing."""

from pathlib import Path

from ..data.glyphs import opened
from ..message.handover import LATENTS
from ..message.keep import load_message
from ..message.read import Reading
from ..message.read import read as read_message
from ..message.read_picture import read_picture
from ..nets.model import Model
from ..zoo import find_model
from .pens import BEST, reader_for, writer_of

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".apng", ".bmp", ".tif", ".tiff", ".webp", ".pnm", ".pgm", ".ppm")


def read(
    file: str | Path, *, model: str | Path | Model | None = None, classifier: str | Path | Model | None = None
) -> Reading:
    """What a classifier reads in a file.

    Args:
        file: a message that `write` kept, or the folder it handed over; latents that `torch.save` wrote; or a picture
            of writing, whoever wrote it, by its ending: .png, .jpg and the like.
        model: the generator of latents; by default the one that the message names, if it ships, and for a picture the
            one that draws most characters.
        classifier: by default the one that ships for the generator's dataset.

    Raises:
        BadInput: the file holds no message, names a generator that does not ship, or was written with another one; or
            there is no writing in the picture.
    """
    file = Path(file)
    if file.suffix.lower() in PICTURES:
        with opened(file) as image:
            return read_picture(image, reader_for(find_model(model or BEST[-1], "generator"), classifier))
    message = load_message(file / LATENTS if file.is_dir() else file)
    generator = writer_of(message, str(file)) if model is None else find_model(model, "generator")
    return read_message(message, generator, reader_for(generator, classifier))
