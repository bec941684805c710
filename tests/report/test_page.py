import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from glyphspace.core.errors import BadInput
from glyphspace.figures.evolution import evolution_gif
from glyphspace.figures.matrix import matrix
from glyphspace.figures.save import to_svg
from glyphspace.report.page import Block, Code, Facts, Page, Picture, Pictures, Section, Table, Text, render, write_page

from .elements import Elements


def png() -> bytes:
    content = io.BytesIO()
    Image.new("L", (60, 30), 255).save(content, "PNG")
    return content.getvalue()


def page_of(*blocks: Block) -> Page:
    return Page("A run", "of a test", (Section("First", "first", blocks),))


def elements(*blocks: Block) -> Elements:
    return Elements(render(page_of(*blocks)))


@pytest.fixture
def full() -> Page:
    chart = to_svg(matrix(np.eye(2), ["a", "b"], ["a", "b"], "row", "column"))
    movie = evolution_gif([np.zeros((60, 60), dtype=np.uint8)] * 2, ["epoch 0", "epoch 1"])
    blocks: tuple[Block, ...] = (
        Text(("One.", "Two.")),
        Code("glyphspace train gan-fast"),
        Facts((("seed", "0"),)),
        Picture(chart, "a matrix", "Agreement"),
        Pictures((Picture(png(), "real", style="glyphs"), Picture(movie, "samples", style="pixels")), "Side by side"),
        Table(("metric", "value"), (("recall", "0.9"),), "Quality"),
    )
    sections = (Section("First", "first", blocks), Section("Second", "second-2", ()))
    return Page("gan-fast on MNIST", "Two minutes", sections, (("coverage", "0.9"),))


def test_every_part_of_a_page_is_shown(full: Page) -> None:
    page = Elements(render(full))
    assert page.named("title")[0][1] == page.named("h1")[0][1] == "gan-fast on MNIST"
    assert [text for _, text in page.named("p")][:3] == ["Two minutes", "One.", "Two."]
    assert [text for _, text in page.named("dd")] == ["0.9", "0"]
    assert [text for _, text in page.named("figcaption")] == ["Agreement", "Side by side"]
    assert [text for _, text in page.named("code")] == ["glyphspace train gan-fast"]


def test_a_page_needs_nothing_from_elsewhere(full: Page) -> None:
    page = Elements(render(full))
    assert not page.named("script")
    assert not page.named("link")
    for _, attributes, _ in page.all:
        assert not (attributes.get("src") or "data:").removeprefix("data:image/").startswith(("http", "/", "file"))
        assert (attributes.get("src") or "data:").startswith("data:")
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"@import|url\(|https?://", render(full))
    (policy,) = (attributes["content"] for attributes, _ in page.named("meta") if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_every_link_of_the_contents_leads_somewhere(full: Page) -> None:
    page = Elements(render(full))
    ids = [attributes["id"] for _, attributes, _ in page.all if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert [attributes["href"] for attributes, _ in page.named("a")] == ["#first", "#second-2"]
    assert {"first", "second-2"} <= set(ids)


def test_every_picture_says_what_it_shows_and_how_large_it_is(full: Page) -> None:
    pictures = [attributes for attributes, _ in Elements(render(full)).named("img")]
    assert [attributes["alt"] for attributes in pictures] == ["a matrix", "real", "samples"]
    assert (pictures[1]["width"], pictures[1]["height"], pictures[1]["class"]) == ("60", "30", "glyphs")


def test_markup_in_words_is_shown_and_not_obeyed() -> None:
    evil = "<script>alert(1)</script>\"'&"
    picture = Picture(png(), evil, evil)
    blocks = (
        Text((evil,)),
        Code(evil),
        Facts(((evil, evil),)),
        picture,
        Pictures((picture,), evil),
        Table((evil,), ((evil,),), evil),
    )
    html = render(Page(evil, evil, (Section(evil, "a", blocks),), ((evil, evil),)))
    assert "<script" not in html
    page = Elements(html)
    assert page.named("img")[0][0]["alt"] == evil
    assert page.named("td") == []
    assert [text for _, text in page.named("th")] == [evil, evil]


def test_cells_name_their_row_and_column() -> None:
    page = elements(
        Table(("metric", "value", "note"), (("recall", "0.9", "good"), ("density", "1.1", "")), align="lrl")
    )
    heads = [(attributes["scope"], text) for attributes, text in page.named("th")]
    assert heads == [("col", "metric"), ("col", "value"), ("col", "note"), ("row", "recall"), ("row", "density")]
    assert [attributes["class"] for attributes, _ in page.named("td")] == ["r", "l", "r", "l"]


def test_numbers_of_a_table_stand_at_the_right_unless_asked() -> None:
    page = elements(Table(("metric", "ours", "floor"), (("recall", "0.9", "1"),)))
    assert [attributes["class"] for attributes, _ in page.named("th")] == ["l", "r", "r", "l"]


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_without_words_is_refused(alt: str) -> None:
    with pytest.raises(ValueError, match="needs an alt text"):
        Picture(png(), alt)


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="there are chart, pixels, glyphs"):
        Picture(png(), "a sheet", style="photo")


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="2 columns needs as many cells"):
        Table(("metric", "value"), (("recall",),))


@pytest.mark.parametrize("align", ["l", "lrr", "lc"])
def test_an_alignment_that_does_not_fit_is_refused(align: str) -> None:
    with pytest.raises(ValueError, match="2 letters, each l or r"):
        Table(("metric", "value"), (), align=align)


@pytest.mark.parametrize("anchor", ["", "Two words", "1st", 'a"b'])
def test_an_anchor_that_no_link_can_hold_is_refused(anchor: str) -> None:
    with pytest.raises(ValueError, match="is no anchor"):
        Section("First", anchor, ())


def test_two_sections_with_one_anchor_are_refused() -> None:
    with pytest.raises(ValueError, match="same anchor"):
        Page("A run", "", (Section("First", "a", ()), Section("Second", "a", ())))


def test_a_page_is_the_same_every_time_and_written_whole(full: Page, tmp_path: Path) -> None:
    write_page(tmp_path / "new" / "report.html", full)
    assert (tmp_path / "new" / "report.html").read_text(encoding="utf-8") == render(full)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["report.html"]


def test_a_place_that_cannot_be_written_is_refused_in_one_line(full: Page, tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(BadInput, match="cannot write"):
        write_page(tmp_path / "report.html", full)
