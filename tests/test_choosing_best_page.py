"""docs/choosing-best.md says what its results say."""

import json
import re
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results"
PAGE = (ROOT / "docs" / "choosing-best.md").read_text()
FIGURES = (ROOT / "docs" / "figures.md").read_text()
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
ASKED = ("Fréchet distance", "precision", "recall", "coverage", "label as asked")
ASKED_BEFORE = ("Fréchet distance", "precision", "coverage", "label as asked")  # the first tables leave recall out
BEST = {
    "digits-best": "best",
    "letters-best": "best_letters",
    "fashion-best": "best_fashion",
    "characters-best": "best_characters",
}
BEFORE = {
    "digits-best": "best_longer",
    "letters-best": "best_letters_on_gpu",
    "fashion-best": "best_fashion_on_gpu",
    "characters-best": "best_characters_wider",
}


def found(name: str) -> dict[str, Any]:
    return json.loads((RESULTS / f"{name}.json").read_text())["found"]


def says(told: str, value: float) -> bool:
    """Whether `told` is `value`, rounded."""
    if not re.fullmatch(r"\d+\.\d+", told):
        return False
    return abs(float(told) - value) <= 0.51 * 10.0 ** -len(told.partition(".")[2])


@pytest.mark.parametrize("name", sorted(path.stem for path in RESULTS.glob("choose_best*.json")))
def test_every_candidate_that_was_measured_has_its_row(name: str) -> None:
    assert f"results/{name}.json" in PAGE
    names = ASKED_BEFORE if name in ("choose_best", "choose_best_earlier_nets") else ASKED
    for candidate, of_seed in found(name).items():
        for figures in of_seed.values():
            wanted = [figures[key] for key in names]
            assert any(len(row) > len(wanted) and all(map(says, row[-len(wanted) :], wanted)) for row in ROWS), (
                candidate
            )


@pytest.mark.parametrize(("recipe", "name"), BEST.items())
def test_how_good_the_best_are_is_what_was_judged(recipe: str, name: str) -> None:
    (row,) = (row for row in ROWS if row[0] == f"`{recipe}`" and len(row) == 7)
    runs = list(found(name)["runs"].values())
    for told, run in zip(row[2].split(", "), runs, strict=True):
        assert says(told, run["minutes"]) and run["trained on"]["device"] == "cpu"
    tells_of_judgement(row[1:2] + row[3:6], name)
    assert says(row[6], found(name)["real images"]["label as asked"])


@pytest.mark.parametrize(("recipe", "name"), BEFORE.items())
def test_how_good_the_best_were_before_is_what_was_judged(recipe: str, name: str) -> None:
    assert f"results/{name}.json" in PAGE
    (row,) = (row for row in ROWS if row[0] == f"`{recipe}`" and len(row) == 6 and row[1].isdigit())
    tells_of_judgement(row[1:2] + row[3:], name)


def tells_of_judgement(row: list[str], name: str) -> None:
    """Whether seeds, distance, precision and coverage, and labels are what was found."""
    real, runs = found(name)["real images"], list(found(name)["runs"].values())
    assert int(row[0]) == len(runs)
    assert says(row[1].split(" ± ")[0], fmean(run["Fréchet distance"] / real["Fréchet distance"] for run in runs))
    for told, key in zip(row[2].split(", "), ("precision", "coverage"), strict=True):
        assert says(told.split(" ± ")[0], fmean(run[key] / real[key] for run in runs))
    for told, run in zip(row[3].split(", "), runs, strict=True):
        assert says(told, run["label as asked"])


@pytest.mark.parametrize("name", ["tones_characters", "tones_characters_second"])
def test_what_a_lighter_penalty_did_to_characters_is_what_both_networks_said(name: str) -> None:
    for of in (name, name.replace("characters", "characters_lighter")):
        assert f"results/{of}.json" in PAGE
        ((_, ways),) = found(of).items()
        wanted = [ways["a curve for each class"][key] for key in ASKED]
        network = "second" if name.endswith("second") else "choosing"
        assert any(row[0] == network and all(map(says, row[2:], wanted)) for row in ROWS if len(row) == 7), of


def test_the_page_of_figures_tells_of_the_best_what_was_judged() -> None:
    from benchmarks.common import spread

    real, runs = found("best")["real images"], list(found("best")["runs"].values())
    by_real = {
        key: spread([run[key] / real[key] for run in runs]) for key in ("Fréchet distance", "precision", "coverage")
    }
    minutes = [run["minutes"] for run in runs]
    assert f"| `digits-best`, {min(minutes):.1f} to {max(minutes):.1f} minutes, 3 seeds: " in FIGURES
    assert f"divided by the floor | {by_real['Fréchet distance']} |" in FIGURES
    assert f"| {by_real['precision']} and {by_real['coverage']} |" in FIGURES
    labels = ", ".join(f"{run['label as asked']:.4f}" for run in runs)
    assert f"the three seeds (real test images: {real['label as asked']:.4f}) | {labels} |" in FIGURES
    for recipe in ("letters-best", "fashion-best", "characters-best"):
        of, (run,) = found(BEST[recipe]), found(BEST[recipe])["runs"].values()
        (row,) = (line for line in FIGURES.splitlines() if line.startswith(f"| `{recipe}`"))
        distance = run["Fréchet distance"] / of["real images"]["Fréchet distance"]
        assert row.startswith(f"| `{recipe}`, {run['minutes']:.1f} minutes, 1 seed: ")
        assert (
            f"(real: {of['real images']['label as asked']:.4f}) | {distance:.2f}; {run['label as asked']:.4f} |" in row
        )


@pytest.mark.parametrize(
    ("name", "begins"),
    [("tones_letters", "wider, as"), ("tones_letters_narrower", "narrower"), ("tones_letters_narrow", "only narrower")],
)
def test_what_the_choosing_network_said_of_letters_is_told(name: str, begins: str) -> None:
    (row,) = (row for row in ROWS if row[0].startswith(begins))
    ((_, ways),) = found(name).items()
    assert all(map(says, row[1:], (ways["without"][key] for key in ASKED)))


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("best_letters_narrower", "35.9"),
        ("best_letters_narrow", "34.4"),
        ("best_letters_narrow_longer", "37.6"),
        ("best_fashion_shorter", "34.6"),
    ],
)
def test_what_was_judged_and_not_kept_is_told(name: str, minutes: str) -> None:
    real, (run,) = found(name)["real images"], found(name)["runs"].values()
    assert says(minutes, run["minutes"])
    (paragraph,) = (text for text in PAGE.split("\n\n") if f"results/{name}.json" in text)
    assert minutes in paragraph
    times = run["Fréchet distance"] / real["Fréchet distance"]
    assert any(f"{times:.{digits}f} times" in paragraph for digits in (1, 2))


def test_what_a_classifier_learns_from_generated_images_alone_is_what_was_measured() -> None:
    from benchmarks.common import spread

    results = found("synthetic_alone")["results"]
    page = (ROOT / "docs" / "synthetic-data.md").read_text()
    for experiment in ("all", "none"):
        told = spread([each["accuracy"] for each in results if each["experiment"] == experiment], 4)
        assert told in FIGURES and told in page


def test_what_generated_images_add_to_few_real_ones_is_what_was_measured() -> None:
    from benchmarks.common import spread
    from benchmarks.synthetic import ARMS, Result, accuracies

    results = [Result(**{**each, "by_class": tuple(each["by_class"])}) for each in found("synthetic")["results"]]
    page = (ROOT / "docs" / "synthetic-data.md").read_text()
    for name, experiment, of_scarce in (
        *((f"{shots} per class", f"{shots} per class", False) for shots in (10, 50, 100)),
        ("uneven", "uneven", False),
        ("… the scarce classes", "uneven", True),
    ):
        figures = (f"{accuracies(results, experiment, arm, of_scarce)[0]:.4f}" for arm in ARMS)
        assert f"| {name} | {' | '.join(figures)} |" in page
    results = [Result(**{**each, "by_class": tuple(each["by_class"])}) for each in found("synthetic_scarce")["results"]]
    for name in ("10 per class", "50 per class"):
        figures = (spread(accuracies(results, name, arm), 4) for arm in ARMS)
        assert f"| {name} | {' | '.join(figures)} |" in page
