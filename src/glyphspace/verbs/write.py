"""write: a text as a picture and as the latents it was drawn from."""

from dataclasses import dataclass
from pathlib import Path

from ..core.errors import BadInput
from ..core.pictures import save_png
from ..core.progress import Progress, silent
from ..latent.decode import decode
from ..message.compose import compose
from ..message.keep import save_message
from ..message.message import Message
from ..message.render import INK, PAPER, render
from ..nets.model import Model
from ..zoo import find_model, labeller

LINE = 24  # characters in a line of the picture


@dataclass(frozen=True)
class Written:
    """A message and the files it was kept in."""

    message: Message
    picture: Path
    latents: Path


def write(
    text: str,
    *,
    out: str | Path,
    model: str | Path | Model = "digits",
    classifier: str | Path | Model | None = None,
    seed: int = 0,
    width: int = LINE,
    ink: str = INK,
    paper: str = PAPER,
    progress: Progress = silent,
) -> Written:
    """Write `text` with a generator; the same files for equal text, seed and models.

    Args:
        out: the picture, .png; the latents are kept beside it under the same stem, .safetensors.
        classifier: which reads along while latents are chosen; by default the one that ships for the dataset.
        width: characters in a line of the picture, at most; the latents know no lines but those of the text.
        ink, paper: colours, by name or as "#rrggbb".

    Raises:
        BadInput: the text is empty or has characters that the model cannot draw, there is no such model, or the files
            cannot be written.
    """
    picture = Path(out)
    if picture.suffix != ".png":
        raise BadInput(f"{out} must end in .png; the latents are kept beside it")
    generator = find_model(model, "generator")
    reader = find_model(classifier, "classifier") if classifier is not None else labeller(generator.dataset)
    name = "" if isinstance(model, Model) else Path(model).name  # never a path of this machine
    message = compose(text, generator, reader, seed, model=name, progress=progress)
    pixels = render(decode(generator, message.latents), message.layout.wrapped(width), ink=ink, paper=paper)
    latents = picture.with_suffix(".safetensors")
    save_message(latents, message)
    save_png(picture, pixels)
    return Written(message, picture, latents)
