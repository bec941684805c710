"""The page of a comparison, from made-up runs."""

from dataclasses import replace

import numpy as np

from glyphspace.figures.rivals import Course
from glyphspace.report.compare import Comparison, Entry, Quantity, Rival, compare_page
from glyphspace.report.page import render
from glyphspace.report.words import NO_BREAK

from .elements import Elements
from .examples import images

NOTHING = Course(np.empty(0), np.empty(0), np.empty(0))
QUANTITIES = (Quantity("Fréchet distance", ".2f", True, "how far"), Quantity("coverage", ".3f", False, "how much"))


def entry(seed: int, value: float) -> Entry:
    course = Course(np.array([1.0, 60.0]), np.array([100.0, 6000.0]), np.array([9.0, value]))
    figures = {"Fréchet distance": value, "coverage": 1 / (1 + value)}
    return Entry(seed, None, (), 100, 6000, 60.0, figures, course)


def diverged(seed: int) -> Entry:
    return Entry(seed, "it diverged: loss is not a finite number at step 7", (), 0, 0, 0.0, {}, NOTHING)


def comparison(**changes: object) -> Comparison:
    good = Rival("good", "the good one", 1234, (entry(0, 2.0), entry(1, 3.0)), images(6))
    bad = Rival("bad", "the bad one", 99, (entry(0, 8.0), diverged(1)), images(6))
    floor = {"Fréchet distance": 0.2, "coverage": 0.97}
    given = Comparison(
        "mnist", 1.0, (good, bad), QUANTITIES, "a judging network", "10,000 test images", floor, "Fréchet distance",
        0.2, images(6), (("batch size", "64", "32"),), "glyphspace compare good bad",
    )  # fmt: skip
    return replace(given, **changes)  # type: ignore[arg-type]


def texts(found: Comparison) -> str:
    cells = Elements(render(compare_page(found))).named("td")
    return " ".join(text for _, text in cells).replace(NO_BREAK, " ")


def test_means_and_spreads_are_over_the_seeds() -> None:
    assert "2.50 ± 0.71" in texts(comparison())


def test_a_recipe_with_one_good_run_has_no_spread() -> None:
    assert "8.00" in texts(comparison())
    assert "8.00 ±" not in texts(comparison())


def test_failures_are_counted_and_told() -> None:
    told = texts(comparison())
    assert "1 of 2" in told
    assert "it diverged: loss is not a finite number at step 7" in told


def test_a_recipe_that_failed_altogether_still_has_its_rows() -> None:
    lost = Rival("bad", "the bad one", 99, (diverged(0), diverged(1)))
    told = texts(comparison(rivals=(comparison().rivals[0], lost)))
    assert "2 of 2" in told
    assert "—" in told


def test_what_was_measured_on_decides_what_may_be_chosen_by() -> None:
    page = render(compare_page(comparison()))
    assert "has used the test images up" in page
    held = render(compare_page(comparison(measured_on="5,000 held-out training images")))
    assert "a choice may rest on these figures" in held


def test_the_best_is_the_least_distance() -> None:
    facts = dict(compare_page(comparison()).facts)
    assert (facts["best Fréchet distance"], facts["by"], facts["failed"]) == ("2.50", "good", "1")


def test_where_every_run_failed_the_page_tells_of_the_failures() -> None:
    lost = [Rival(name, "lost", 99, (diverged(0), diverged(1))) for name in ("one", "other")]
    found = comparison(rivals=tuple(lost))
    assert texts(found).count("it diverged: loss is not a finite number at step 7") == 4
    assert "No run has ended with anything to measure." in render(compare_page(found))
    assert "No run has ended with anything to measure." in render(compare_page(replace(found, quantities=())))
