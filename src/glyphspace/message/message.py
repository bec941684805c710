"""A message: latents that a generator draws as the characters of a text, and how these stand."""

from dataclasses import dataclass

from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from ..nets.model import Model
from .fingerprint import fingerprint
from .layout import Layout

LONGEST_NAME = 4096  # characters; it may be a path


@dataclass(frozen=True, eq=False)
class Message:
    """The message latents of a text; the text itself is in them only for who has the generator.

    Attributes:
        latents: float32 [n, z], one for each character that is drawn, in reading order.
        layout: where the n characters, spaces and line breaks stand.
        model: what the generator is called; empty when that is not known.
        fingerprint: of the generator; None for plain latents that name none.
        classes: the generator's classes; empty when they are not known.
    """

    latents: Float32[Tensor, "n z"]
    layout: Layout
    model: str = ""
    fingerprint: str | None = None
    classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.latents) != len(self.layout):
            raise BadInput(f"a layout of {len(self.layout)} characters does not fit {len(self.latents)} latents")
        if len(self.model) > LONGEST_NAME or not self.model.isprintable():
            raise BadInput(f"the name of a model is one line of at most {LONGEST_NAME:,} characters")


def check_generator(message: Message, generator: Model) -> None:
    """Refuse a generator that the message was not written with.

    Raises:
        BadInput: its fingerprint is another one.
    """
    if message.fingerprint is None:
        return
    given = fingerprint(generator)
    if given != message.fingerprint:
        raise BadInput(
            f"this message was written with {message.model or 'another generator'} (fingerprint "
            f"{message.fingerprint[:12]}), not with this generator ({given[:12]}); read it with the one it names"
        )
