from dataclasses import fields, replace

from glyphspace.report.generator import GeneratorReport, generator_page
from glyphspace.report.nets import lay_out
from glyphspace.report.page import Section, Text, render
from glyphspace.report.parts import Absent
from glyphspace.training.recipes import recipes

from . import examples
from .test_run import facts

NETS = (lay_out("generator", "fast", 10), lay_out("discriminator", "fast", 10))
OWN = {"run", "objective", "nets"}  # what every run has


def bare() -> GeneratorReport:
    """Of a run of which nothing could be told but what it was."""
    absent = {item.name: Absent(f"no {item.name}") for item in fields(GeneratorReport) if item.name not in OWN}
    return GeneratorReport(facts(recipes["gan-fast"]), "relativistic", NETS, **absent)  # type: ignore[arg-type]


def full() -> GeneratorReport:
    return replace(
        bare(),
        evolution=examples.evolution(4),
        samples=examples.samples(),
        quality=examples.quality(),
        modes=examples.modes(),
        discerned=examples.discerned(),
        copies=examples.copies(),
        readings=examples.readings(),
        means=examples.means(),
    )


def test_each_part_that_is_absent_says_why() -> None:
    left_out = [
        block.paragraphs[0]
        for section in generator_page(bare()).sections
        for block in section.blocks
        if isinstance(block, Text) and block.paragraphs[0].startswith("Left out")
    ]
    parts = [item.name for item in fields(GeneratorReport) if item.name not in OWN]
    assert {f"Left out: no {name}." for name in parts} == set(left_out)


def test_the_page_has_the_same_sections_whatever_is_absent() -> None:
    def titles(report: GeneratorReport) -> list[str]:
        return [section.title for section in generator_page(report).sections]

    assert titles(bare()) == titles(full())


def test_the_figures_under_the_title_are_those_of_the_sections() -> None:
    found = dict(generator_page(full()).facts)
    assert (found["Fréchet distance"], found["its floor"], found["coverage"]) == ("12.35", "0.20", "94%")
    assert found["rarest class"] == "7.1%"
    assert "Fréchet distance" not in dict(generator_page(bare()).facts)


def test_a_page_is_the_same_for_the_same_report() -> None:
    report = full()
    assert render(generator_page(report)) == render(generator_page(report))


def test_no_section_is_empty() -> None:
    sections: tuple[Section, ...] = generator_page(full()).sections
    assert all(section.blocks for section in sections)
