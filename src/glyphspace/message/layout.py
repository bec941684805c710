"""Layout: where the characters, spaces and line breaks of a text stand, without what the characters are."""

import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..core.errors import BadInput

LONGEST = 5_000  # characters of a message, with its spaces and line breaks
GLYPH, SMALL, SPACE, BREAK = "x", "o", " ", "\n"


@dataclass(frozen=True)
class Layout:
    """A text with an x for each character that is drawn, such as "xxxx xo", and spaces and line breaks as they are.

    An o is a small letter that is drawn as its capital's class.
    """

    pattern: str

    def __post_init__(self) -> None:
        if not set(self.pattern) <= {GLYPH, SMALL, SPACE, BREAK} or not len(self):
            raise BadInput("the layout of a message is made of x, o, spaces and line breaks, with an x or o at least")

    def __len__(self) -> int:
        """How many characters are drawn."""
        return self.pattern.count(GLYPH) + self.pattern.count(SMALL)

    @property
    def lines(self) -> list[str]:
        """The pattern of each line."""
        return self.pattern.split(BREAK)

    def fill(self, classes: Sequence[str]) -> str:
        """The text that has characters of these classes, one for each place, in this layout."""
        if len(classes) != len(self):
            raise BadInput(f"a layout of {len(self)} characters cannot be filled with {len(classes)}")
        given = iter(classes)
        filled = {GLYPH: lambda: next(given), SMALL: lambda: next(given).lower()}
        return "".join(filled[place]() if place in filled else place for place in self.pattern)

    def wrapped(self, width: int) -> "Layout":
        """The same characters with lines of at most `width`: broken at spaces, or within a word that is longer."""
        if width < 1:
            raise BadInput(f"lines of {width} characters hold nothing; wrap to 1 or more")
        lines = [textwrap.wrap(line, width) or [""] for line in self.lines]
        return Layout(BREAK.join(part for line in lines for part in line))


def tidy(text: str) -> str:
    """`text` with white space that can be laid out.

    Lines are parted by a newline, any other white space is a space, no line ends in one, and there are no empty lines
    before or after.
    """
    lines = ("".join(SPACE if c.isspace() else c for c in line).rstrip() for line in text.splitlines())
    return BREAK.join(lines).strip(BREAK)


def layout_of(text: str, small: Collection[str] = ()) -> Layout:
    """Where the characters of a tidy `text` stand.

    Args:
        small: the characters that are drawn as their capital's class.

    Raises:
        BadInput: there are no characters, or too many.
    """
    if not text.strip():
        raise BadInput("there is nothing to write: the text is empty")
    check_length(text)
    return Layout("".join(c if c in (SPACE, BREAK) else SMALL if c in small else GLYPH for c in text))


def check_length(text: str) -> None:
    """Refuse a text, or a pattern, that is longer than any message is."""
    if len(text) > LONGEST:
        raise BadInput(f"a message has at most {LONGEST:,} characters; this one has {len(text):,}")
