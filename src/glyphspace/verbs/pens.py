"""Which models write and read where nobody names them, and by which hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput, UnknownName
from ..core.progress import Progress, silent
from ..data.glyphs import opened
from ..latent.decode import condition_dim, conditions, z_dim
from ..latent.directions import supervised
from ..latent.inversion import Task, invert
from ..latent.sampling import sample
from ..message.alphabet import class_of
from ..message.alphabet import fold as folded
from ..message.hand import NEATNESS, Hand, anew, of_latent, same, turned
from ..message.message import Message
from ..nets.fingerprint import fingerprint
from ..nets.model import Model
from ..zoo import feature_network, find_model, labeller, load_shipped, shipped

# Who writes a text: the first of them that can write all of it, or else the last.
BEST = ("digits-best", "characters-legible")
PLAIN = ("digits", "letters", "characters")  # the unconditional ones
TURNS = ("slant", "thickness", "width")
FARTHEST = 5.0
LEARNED_FROM = 2_000  # samples that directions are learned from
GRAIN = 256  # in 1: hands are this coarse, since the last bits of what is learned differ from machine to machine


def generator_for(
    text: str, model: str | Path | Model | None, names: Sequence[str] = BEST, fold: bool = False
) -> tuple[Model, str]:
    """The generator that is asked for, or else one that ships for such a text; and what a message calls it.

    Args:
        fold: whether the text is to be folded, so that what nobody writes does not matter.

    Raises:
        BadInput: there is no such model.
    """
    if model is None:
        text = folded(text, load_shipped(names[-1]).classes) if fold else text
        model = next((name for name in names if _writes(load_shipped(name), text)), names[-1])
    name = "" if isinstance(model, Model) else Path(model).name  # never a path of this machine
    return find_model(model, "generator"), name


def _writes(generator: Model, text: str) -> bool:
    return all(class_of(one, generator.classes) for one in text if not one.isspace())


def reader_for(generator: Model, classifier: str | Path | Model | None) -> Model:
    """The classifier that is asked for, or else the one that ships for the generator's dataset."""
    return find_model(classifier, "classifier") if classifier is not None else labeller(generator.dataset)


def second_reader(generator: Model, classifier: str | Path | Model | None) -> Model | None:
    """The second classifier that is asked for, or else one that ships for the dataset, if one does."""
    if classifier is not None:
        return find_model(classifier, "classifier")
    try:
        return feature_network(generator.dataset, "choosing")  # never the judging one, which chooses nothing
    except BadInput:
        return None


@dataclass(frozen=True)
class Style:
    """How a message is to be written.

    Attributes:
        hand: "same" for all characters, which a conditional generator has by default, or "anew" for each.
        of: pictures of a person's characters, whose hand it is to be.
        neatness: from 0, wild, to 1, neat.
        turn: how far to go along a direction: slant, thickness or width, in standard deviations of the prior.
    """

    hand: str | None = None
    of: Sequence[str | Path] = ()
    neatness: float = NEATNESS
    turn: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.hand not in (None, "same", "anew"):
            raise BadInput(f'a hand is "same" or "anew", not {self.hand!r}')
        if self.hand == "anew" and self.of:
            raise BadInput("a person's hand is the same for all characters, and is not drawn anew")
        for name, far in self.turn.items():
            if name not in TURNS:
                raise UnknownName("direction of a hand", name, TURNS)
            if not -FARTHEST <= far <= FARTHEST:
                raise BadInput(f"{name} can be turned by {-FARTHEST:g} to {FARTHEST:g}, not by {far:g}")


def hand_for(generator: Model, reader: Model, style: Style, seed: int, progress: Progress = silent) -> Hand:
    """The hand of that style.

    Raises:
        BadInput: this generator has no such hand, or a picture cannot be read.
    """
    if style.of:
        hand = of_latent(generator, _base_of(generator, reader, style, seed, progress), style.neatness)
    elif style.hand == "anew" or (style.hand is None and not condition_dim(generator)):
        hand = anew(style.neatness)
    else:
        hand = same(generator, seed, style.neatness)
    if any(style.turn.values()):
        labelled = sample(generator, reader, LEARNED_FROM, 0, progress=progress)
        along = {each.name: each.vector for each in supervised(labelled, TURNS)}
        turn = torch.stack([far * along[name] for name, far in style.turn.items()]).sum(dim=0)
        hand = turned(hand, (turn * GRAIN).round() / GRAIN)
    return hand


def _base_of(generator: Model, reader: Model, style: Style, seed: int, progress: Progress) -> Float32[Tensor, " z"]:
    """What the latents of a person's characters have in common, as long as they are and shortened for neatness."""
    from ..message.read_picture import read_picture  # by SciPy, which takes long to import

    readings = []
    for picture in style.of:
        with opened(picture) as image:
            readings.append(read_picture(image, reader))
    names = [class_of(one, generator.classes) for reading in readings for one in "".join(reading.text.split())]
    if None in names:
        raise BadInput("the pictures show characters that this generator does not draw")
    labels = torch.tensor([generator.classes.index(name or "") for name in names])
    images = torch.cat([reading.images for reading in readings])
    of_latent(generator, torch.zeros(z_dim(generator)))  # refuses what has no hand before it searches
    task = Task(generator, images, conditions(generator, labels), seed=seed, progress=progress)
    latents = invert(task, "optimise").latents
    middle = latents.mean(dim=0)
    long = latents.norm(dim=1).mean() * anew(style.neatness).truncation
    base = middle / middle.norm().clamp(min=1e-6) * long
    return (base * GRAIN).round() / GRAIN


def writer_of(message: Message, file: str) -> Model:
    """The generator that `message` was written with, by its fingerprint: what ships may have been renamed since.

    Raises:
        BadInput: it does not ship.
    """
    if message.fingerprint is not None:
        for name in sorted(shipped(), key=lambda name: name != message.model):  # the one that it names comes first
            if (model := load_shipped(name)).kind == "generator" and fingerprint(model) == message.fingerprint:
                return model
        called = f"{message.model or 'a generator'} (fingerprint {message.fingerprint[:12]}), which does not ship"
    else:
        called = "a generator it does not name"
    raise BadInput(f"{file} was written with {called}; give it as --model")
