"""write: a text as pictures, as a film, and as the latents it was drawn from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..core.errors import BadInput
from ..core.files import write_bytes, write_text
from ..core.pictures import save_png
from ..core.progress import Progress, silent
from ..message.alphabet import fold as folded
from ..message.animate import LONGEST, written
from ..message.compose import Composition, compose
from ..message.handover import LATENTS, hand_over
from ..message.keep import save_message
from ..message.message import Message, rows
from ..message.morph import MOVING, STILL, morphed
from ..message.motion import RATE, Frames, check_film, film_height, save_motion
from ..message.preview import preview
from ..message.render import HEIGHT, INK, PAPER, TRANSPARENT, check_colour, check_height, render
from ..message.svg import svg
from ..message.torch_file import torch_bytes
from ..message.typeset import Page, typeset
from ..nets.model import Model
from .pens import Style, generator_for, hand_for, reader_for, second_reader

LINE = 24  # characters in a line of the picture
PICTURES, FILMS, KEPT = (".png", ".svg"), (".gif", ".apng", ".mp4"), (".safetensors", ".pt")
Paths = str | Path | Sequence[str | Path]


@dataclass(frozen=True, eq=False)
class Written:
    """A message, what it says, how it looks, and the files it was kept in, in the order in which they were asked for.

    Attributes:
        text: as it was written, which folding may have changed.
    """

    message: Message
    text: str
    page: Page
    files: tuple[Path, ...]

    @property
    def latents(self) -> Path:
        """The first file that keeps the latents.

        Raises:
            BadInput: none does, since no file was asked for.
        """
        kept = next((file for file in self.files if file.suffix in (*KEPT, "")), None)
        if kept is None:
            raise BadInput("no latents were kept; name a file with out")
        return kept if kept.suffix else kept / LATENTS

    def preview(self, columns: int = 80) -> str:
        """The page for a terminal."""
        return preview(self.page, columns)


@dataclass(frozen=True)
class Look:
    """How pictures of a message look: the height of capitals in pixels, and colours; `BadInput` for no such one."""

    height: int = HEIGHT
    ink: str = INK
    paper: str = PAPER

    def __post_init__(self) -> None:
        check_height(self.height)
        check_colour(self.ink)
        if self.paper != TRANSPARENT:
            check_colour(self.paper)


def write(
    text: str,
    *,
    out: Paths = (),
    model: str | Path | Model | None = None,
    classifier: str | Path | Model | None = None,
    second: str | Path | Model | None = None,
    seed: int = 0,
    style: Style | None = None,
    fold: bool = False,
    then: str | None = None,
    width: int = LINE,
    height: int = HEIGHT,
    ink: str = INK,
    paper: str = PAPER,
    progress: Progress = silent,
) -> Written:
    """Write `text` with a generator; the same files for equal text, seed and models.

    Args:
        out: files, each by its ending: pictures (.png, .svg), a film of how it is written (.gif, .apng, .mp4), latents
            (.safetensors, .pt); and folders, without an ending, to hand over. Beside files of which none keeps the
            latents, these are kept as .safetensors.
        model: by default the best that ships for digits, or, for any other text, for all characters.
        classifier, second: read along, and must agree; by default those that ship for the generator's dataset.
        style: by which hand, how neatly, and how slanted; by default one hand for all, if the generator can.
        fold: write what comes nearest to characters that cannot be written, and leave out what has nothing near.
        then: another text; films show the message becoming this one, instead of being written. Asks for a film.
        width: characters in a line of the picture, at most; the latents know no lines but those of the text.
        height: of capitals, in pixels; of a film of a long text less, as much as there is room for.
        ink, paper: colours, by name or as "#rrggbb"; paper may be "transparent".

    Raises:
        BadInput: the text is empty or has characters that the model cannot draw, there is no such model, or the files
            cannot be written.
    """
    files = [Path(file) for file in ([out] if isinstance(out, str | Path) else out)]
    look = Look(height, ink, paper)
    for file in files:
        check_ending(file)
        check_film(file, paper)
    filmed = any(file.suffix in FILMS for file in files)
    if then is not None and not filmed:
        raise BadInput(f"only films show a message becoming another; write one ({', '.join(FILMS)}) or leave it out")
    if files and not any(file.suffix in (*KEPT, "") for file in files):
        files.append(files[0].with_suffix(".safetensors"))
    generator, name = generator_for(text + (then or ""), model, fold=fold)
    reader = reader_for(generator, classifier)
    checker = second_reader(generator, second)
    by = hand_for(generator, reader, style or Style(), seed, progress)

    def compose_one(said: str) -> Composition:
        said = folded(said, generator.classes) if fold else said
        return compose(said, generator, reader, seed, checker, by, name, progress)

    composed = compose_one(text)
    page = typeset(composed.images, composed.text, width)
    if then is None:
        pages: tuple[Page, ...] = (page,)
        seconds, film = LONGEST, partial(written, page)
    else:
        after = compose_one(then)
        pages = (page, typeset(after.images, after.text, width))
        seconds, film = STILL + MOVING, partial(morphed, generator, composed.message, after.message, pages)
    if filmed:
        height = film_height(pages, height, seconds)
    for file in files:
        SAVERS[file.suffix](file, Work(composed, page, partial(film, height, RATE)), look)
    return Written(composed.message, composed.text, page, tuple(files))


@dataclass(frozen=True, eq=False)
class Work:
    """What there is to keep: a composition, its page, and the frames of its film."""

    composed: Composition
    page: Page
    film: Callable[[], Frames]


def check_ending(file: Path) -> None:
    """Refuse a file that a message cannot be kept in."""
    if file.suffix not in SAVERS:
        raise BadInput(f"{file} ends in {file.suffix!r}; a message is kept in {', '.join(filter(None, SAVERS))}")


def _png(file: Path, work: Work, look: Look) -> None:
    save_png(file, render(work.page, look.height, look.ink, look.paper))


def _svg(file: Path, work: Work, look: Look) -> None:
    write_text(file, svg(work.page, look.height, look.ink, look.paper, work.composed.text))


def _film(file: Path, work: Work, look: Look) -> None:
    save_motion(file, work.film(), look.ink, look.paper)


def _safetensors(file: Path, work: Work, look: Look) -> None:
    save_message(file, work.composed.message)


def _torch(file: Path, work: Work, look: Look) -> None:
    write_bytes(file, torch_bytes(rows(work.composed.message)))


def _folder(file: Path, work: Work, look: Look) -> None:
    hand_over(file, work.composed.message, work.page, look.ink, look.paper, look.height)


SAVERS: dict[str, Callable[[Path, Work, Look], None]] = {
    ".png": _png,
    ".svg": _svg,
    **dict.fromkeys(FILMS, _film),
    ".safetensors": _safetensors,
    ".pt": _torch,
    "": _folder,
}
