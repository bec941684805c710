"""What a page is put together from: parts that were computed, and parts that could not be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from ..core.errors import BadInput, GlyphspaceError
from .page import Block, Section, Text

T = TypeVar("T")


@dataclass(frozen=True)
class Absent:
    """A part that could not be made, and why: a clause without a full stop."""

    why: str


def attempt(make: Callable[[], T]) -> T | Absent:
    """What `make` returns, or, when the caller's errors keep it from that, what they say."""
    try:
        return make()
    except GlyphspaceError as error:
        return Absent(str(error))


def need(part: T | Absent) -> T:
    """The part; where it is absent, `BadInput` with the same reason, so that what is made of it is absent too."""
    if isinstance(part, Absent):
        raise BadInput(part.why)
    return part


def section(title: str, anchor: str, part: T | Absent, tell: Callable[[T], Iterable[Block]]) -> Section:
    """A section that tells `part`, or says why it is left out."""
    if isinstance(part, Absent):
        return Section(title, anchor, (Text((f"Left out: {part.why}.",)),))
    return Section(title, anchor, tuple(tell(part)))
