"""Which models write and read where nobody names them, and by which hand."""

from collections.abc import Sequence
from pathlib import Path

from ..core.errors import BadInput
from ..latent.decode import condition_dim
from ..message.hand import NEATNESS, Hand, anew, same
from ..message.message import Message
from ..nets.model import Model
from ..zoo import feature_network, find_model, labeller, shipped

DIGITS = "digits"
BEST = ("characters-best", "characters", "letters", DIGITS)  # of any text, the first of these that ships
PLAIN = ("characters", "letters", DIGITS)  # the unconditional ones


def generator_for(text: str, model: str | Path | Model | None, names: Sequence[str] = BEST) -> tuple[Model, str]:
    """The generator that is asked for, or else one that ships for such a text; and what a message calls it.

    Raises:
        BadInput: there is no such model.
    """
    if model is None:
        digits = all(one.isspace() or one in "0123456789" for one in text)
        model = DIGITS if digits else next(name for name in names if name in shipped())
    name = "" if isinstance(model, Model) else Path(model).name  # never a path of this machine
    return find_model(model, "generator"), name


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


def hand_for(generator: Model, hand: str | None, seed: int, neatness: float = NEATNESS) -> Hand:
    """The hand that is asked for: "same" for all characters, which a conditional generator has by default, or "anew".

    Raises:
        BadInput: there is no such hand, or not with this generator.
    """
    if hand is None:
        hand = "same" if condition_dim(generator) else "anew"
    if hand not in ("same", "anew"):
        raise BadInput(f'a hand is "same" or "anew", not {hand!r}')
    return same(generator, seed, neatness) if hand == "same" else anew(neatness)


def named_by(message: Message, file: str) -> str:
    """The name of the generator that `message` says it was written with.

    Raises:
        BadInput: none of that name ships.
    """
    if message.model not in shipped():
        raise BadInput(f"{file} was written with {message.model or 'a generator it does not name'}; give it as --model")
    return message.model
