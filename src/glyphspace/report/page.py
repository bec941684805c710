"""A page of text, pictures and tables as one HTML file that needs nothing else: no network, no script, no font.

A block is a small frozen dataclass and a macro of the same name in `blocks.html`; to add one, add these two.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..core.files import write_text
from .embed import Embedded, embed

PICTURE_STYLES = ("chart", "pixels", "glyphs")


@dataclass(frozen=True)
class Text:
    """Paragraphs of plain text."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """Lines to be typed or read as they stand, such as a command."""

    code: str


@dataclass(frozen=True)
class Facts:
    """Names with a value each."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Picture:
    """A picture with its words.

    Attributes:
        content: the bytes of a PNG or a GIF, or the text of an SVG of `figures.save.to_svg`.
        alt: what it shows, for those who cannot see it.
        caption: what to see in it; may be empty.
        style: "chart" for a figure; "pixels" for an image whose pixels stay crisp; "glyphs" for one in dark ink on
            white, which merges with the page and is inverted where that is dark.

    Raises:
        ValueError: there is no alt text, no such style, or the content is no picture.
    """

    content: bytes | str
    alt: str
    caption: str = ""
    style: str = "chart"

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a picture needs an alt text that says what it shows")
        if self.style not in PICTURE_STYLES:
            raise ValueError(f"{self.style!r} is no style of a picture; there are {', '.join(PICTURE_STYLES)}")
        embed(self.content)

    @property
    def embedded(self) -> Embedded:
        return embed(self.content)


@dataclass(frozen=True)
class Pictures:
    """Pictures side by side, as many as there is room for, under one caption."""

    pictures: tuple[Picture, ...]
    caption: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose first column names the rows.

    Attributes:
        head: what each column is called.
        rows: the text of each cell.
        caption: what the table shows.
        align: a letter per column, "l" for text and "r" for numbers; by default "l" and then all "r".

    Raises:
        ValueError: a row or `align` is not as long as the head, or `align` has other letters.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    align: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"every row of a table with {len(self.head)} columns needs as many cells")
        if self.align and (len(self.align) != len(self.head) or set(self.align) - {"l", "r"}):
            raise ValueError(f"the alignment {self.align!r} must be {len(self.head)} letters, each l or r")

    @property
    def alignment(self) -> str:
        return self.align or "l" + "r" * (len(self.head) - 1)


VERDICTS = ("holds", "holds in part", "does not hold", "cannot be told")


@dataclass(frozen=True)
class Claim:
    """What a document says, the verdict on it, and what that rests on.

    Attributes:
        number: of the claim; where: the section it is made in.
        statement: the claim.
        verdict: one of `VERDICTS`.
        answer: a few sentences; may be empty.
        table: what was reported beside what was found.

    Raises:
        ValueError: there is no such verdict.
    """

    number: str
    where: str
    statement: str
    verdict: str
    answer: str
    table: Table

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"{self.verdict!r} is no verdict; there are {', '.join(VERDICTS)}")


Block = Text | Code | Facts | Picture | Pictures | Table | Claim


@dataclass(frozen=True)
class Section:
    """A titled part of a page; `anchor` is its name in links: small letters, digits and hyphens."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.anchor):
            raise ValueError(f"{self.anchor!r} is no anchor; use small letters, digits and hyphens")


@dataclass(frozen=True)
class Page:
    """A whole page; `facts` are the few figures that stand under its title."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if len({section.anchor for section in self.sections}) < len(self.sections):
            raise ValueError("two sections of a page have the same anchor")


def render(page: Page) -> str:
    """`page` as one HTML file, the same text for the same page."""
    templates = Environment(
        loader=PackageLoader("glyphspace", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["macro_name"] = lambda block: type(block).__name__.lower()
    return templates.get_template("page.html").render(page=page)


def write_page(path: str | Path, page: Page) -> None:
    """Render `page` to the file at `path`, whole or not at all.

    Raises:
        BadInput: the file cannot be written.
    """
    write_text(path, render(page))
