"""Which characters of a text a generator can write, as which of its classes, and what comes nearest to the others."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..core.errors import BadInput
from .layout import Layout, layout_of, tidy

# What no decomposition of Unicode's takes apart, and is written with these letters where they are missing.
LETTERS = {
    "ß": "ss",
    "ẞ": "SS",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "TH",
    "ł": "l",
    "Ł": "L",
    "ħ": "h",
    "Ħ": "H",
    "ı": "i",
    "ŋ": "ng",
    "Ŋ": "NG",
}
NAMED = 10  # strange characters that a refusal names


@dataclass(frozen=True)
class Spelling:
    """A text as a generator writes it.

    Attributes:
        text: as it can be written.
        classes: the class of each character that is drawn.
        layout: where they stand, and which of them are small letters drawn as their capital's class.
    """

    text: str
    classes: tuple[str, ...]
    layout: Layout


def spell(text: str, classes: Sequence[str]) -> Spelling:
    """How a generator of these classes writes `text`, which is made `tidy` first.

    Raises:
        BadInput: the text is empty, too long, or has characters that cannot be written; the line names them, and what
            `fold` would make of them.
    """
    text = tidy(text)
    characters = "".join(text.split())
    strange = [one for one in dict.fromkeys(characters) if class_of(one, classes) is None]
    if strange:
        names = ", ".join(map(repr, strange[:NAMED])) + (" and others" if len(strange) > NAMED else "")
        nearest = [f"{one!r} as {near!r}" for one in strange[:NAMED] if (near := fold(one, classes))]
        folded = f"; folded, it would write {', '.join(nearest)}" if nearest else ""
        raise BadInput(f"{names} cannot be written with this generator; it can write {repertoire(classes)}{folded}")
    small = {one for one in characters if one not in classes}
    return Spelling(text, tuple(class_of(one, classes) or "" for one in characters), layout_of(text, small))


def class_of(character: str, classes: Sequence[str]) -> str | None:
    """The class that `character` is drawn as: its own, or that of its capital; None if it has neither."""
    if character in classes:
        return character
    capital = character.upper()
    return capital if capital in classes and capital.lower() == character else None


def fold(text: str, classes: Sequence[str]) -> str:
    """The nearest text that a generator of these classes writes.

    Accents are left away, ligatures and forms are taken apart, and what has nothing near it is left out: "Crème, 5²"
    becomes "Creme 52". White space stays.
    """
    return "".join(one if one.isspace() or class_of(one, classes) else "".join(_nearest(one, classes)) for one in text)


def _nearest(character: str, classes: Sequence[str]) -> list[str]:
    plain = LETTERS.get(character) or unicodedata.normalize("NFKD", character)
    letters = "".join(LETTERS.get(part, part) for part in plain)
    return [part for part in letters if class_of(part, classes)]


def repertoire(classes: Sequence[str]) -> str:
    """The characters that can be written with `classes`, for people: "0-9, A-Z, a-z and spaces"."""
    single = {name for name in classes if len(name) == 1}
    small = {name.lower() for name in single if class_of(name.lower(), classes)}
    codes = sorted(map(ord, single | {name for name in small if len(name) == 1}))
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        parts += [f"{chr(start)}-{chr(end)}"] if end - start > 1 else [chr(code) for code in range(start, end + 1)]
    return f"{', '.join(parts)} and spaces" if parts else "no characters at all"
