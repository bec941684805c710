import pytest

from glyphspace.report.page import Picture, Table, Text
from glyphspace.report.quality import tell_discerned, tell_quality

from . import examples


def rows(floor_kernel: float = 0.0001) -> dict[str, tuple[str, ...]]:
    (table,) = (block for block in tell_quality(examples.quality(floor_kernel)) if isinstance(block, Table))
    return {row[0]: row[1:] for row in table.rows}


def test_every_figure_stands_beside_its_floor() -> None:
    found = {name: row[:2] for name, row in rows().items()}
    assert found == {
        "Fréchet distance": ("12.345", "0.204"),
        "kernel distance": ("0.2500 ± 0.0123", "0.0001"),
        "precision": ("0.610", "0.610"),
        "recall": ("0.720", "0.720"),
        "density": ("0.830", "0.830"),
        "coverage": ("0.940", "0.940"),
        "classifier score": ("6.50", "6.50"),
        "rarest class": ("7.1%", "7.1%"),
        "class entropy": ("3.322", "3.322"),
        "near to training": ("1.1%", "1.1%"),
    }


def test_every_figure_says_which_way_is_better_and_what_it_is() -> None:
    assert {row[2] for row in rows().values()} == {"↓ less", "↑ more", "≈ floor"}
    assert all(row[3] for row in rows().values())


def test_a_floor_that_chance_put_below_zero_is_told_and_stops_nothing() -> None:
    assert rows(floor_kernel=-0.0004)["kernel distance"][1] == "−0.0004"
    assert rows(floor_kernel=-0.00004)["kernel distance"][1] == "0.0000"


def test_the_text_says_how_many_images_were_compared() -> None:
    text, chart, _ = tell_quality(examples.quality())
    assert isinstance(text, Text)
    assert isinstance(chart, Picture)
    assert text.paragraphs[0].startswith("200 generated images were compared with the 360 test images")


def test_a_class_without_images_is_not_counted() -> None:
    _, table = tell_discerned(examples.discerned(), "hinge")
    assert isinstance(table, Table)
    assert table.rows[0] == ("0", "75.0%", "80.0%", "70.0%")
    assert table.rows[9] == ("9", "—", "90.0%", "—")


@pytest.mark.parametrize(("objective", "paragraphs"), [("hinge", 1), ("relativistic", 2)])
def test_an_objective_that_only_compares_comes_with_a_warning(objective: str, paragraphs: int) -> None:
    text, _ = tell_discerned(examples.discerned(), objective)
    assert isinstance(text, Text)
    assert len(text.paragraphs) == paragraphs
