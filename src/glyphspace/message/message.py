"""A message: latents that a generator draws as the characters of a text, and how these stand."""

from dataclasses import dataclass, replace

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from ..latent.decode import condition_dim, z_dim
from ..nets.fingerprint import fingerprint
from ..nets.model import Model
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
        conditions: float32 [n, e], what a conditional generator is told with each latent; None of any other.
    """

    latents: Float32[Tensor, "n z"]
    layout: Layout
    model: str = ""
    fingerprint: str | None = None
    classes: tuple[str, ...] = ()
    conditions: Float32[Tensor, "_ e"] | None = None

    def __post_init__(self) -> None:
        if len(self.latents) != len(self.layout):
            raise BadInput(f"a layout of {len(self.layout)} characters does not fit {len(self.latents)} latents")
        if self.conditions is not None and len(self.conditions) != len(self.latents):
            raise BadInput(f"{len(self.conditions)} conditions do not fit {len(self.latents)} latents")
        if len(self.model) > LONGEST_NAME or not self.model.isprintable():
            raise BadInput(f"the name of a model is one line of at most {LONGEST_NAME:,} characters")


def rows(message: Message) -> Float32[Tensor, "n d"]:
    """Each latent, with its condition behind it where there is one: a message as a single plain tensor."""
    return message.latents if message.conditions is None else torch.cat([message.latents, message.conditions], dim=1)


def told_apart(message: Message, generator: Model) -> Message:
    """A message of plain rows, as `rows` gives them, with latents and conditions of the widths that `generator` has."""
    width = condition_dim(generator)
    if message.conditions is not None or not width or message.latents.shape[1] != z_dim(generator) + width:
        return message
    latents, conditions = message.latents.split([z_dim(generator), width], dim=1)
    return replace(message, latents=latents, conditions=conditions)


def check_generator(message: Message, generator: Model) -> None:
    """Refuse a generator that the message was not written with.

    Raises:
        BadInput: its fingerprint is another one; or it must be told classes, and the message tells none.
    """
    if message.fingerprint is not None and (given := fingerprint(generator)) != message.fingerprint:
        raise BadInput(
            f"this message was written with {message.model or 'another generator'} (fingerprint "
            f"{message.fingerprint[:12]}), not with this generator ({given[:12]})"
        )
    if message.conditions is None and condition_dim(generator):
        raise BadInput(
            "this message was written with another generator: it tells no classes, which this one must be told"
        )
