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
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
ASKED = ("Fréchet distance", "precision", "recall", "coverage", "label as asked")
ASKED_BEFORE = ("Fréchet distance", "precision", "coverage", "label as asked")  # the first tables leave recall out
BEST = {
    "digits-best": "best",
    "letters-best": "best_letters",
    "fashion-best": "best_fashion",
    "characters-best": "best_characters",
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
    row = [row for row in ROWS if row[0] == f"`{recipe}`" and len(row) == 6][-1]
    real, runs = found(name)["real images"], list(found(name)["runs"].values())
    assert int(row[1]) == len(runs)
    assert says(row[2].split(" ± ")[0], fmean(run["Fréchet distance"] / real["Fréchet distance"] for run in runs))
    for told, key in zip(row[3].split(", "), ("precision", "coverage"), strict=True):
        assert says(told.split(" ± ")[0], fmean(run[key] / real[key] for run in runs))
    for told, run in zip(row[4].split(", "), runs, strict=True):
        assert says(told, run["label as asked"])
    assert says(row[5], real["label as asked"])


@pytest.mark.parametrize("name", ["tones_characters", "tones_characters_second"])
def test_what_a_lighter_penalty_did_to_characters_is_what_both_networks_said(name: str) -> None:
    for of in (name, name.replace("characters", "characters_lighter")):
        assert f"results/{of}.json" in PAGE
        ((_, ways),) = found(of).items()
        wanted = [ways["a curve for each class"][key] for key in ASKED]
        network = "second" if name.endswith("second") else "choosing"
        assert any(row[0] == network and all(map(says, row[2:], wanted)) for row in ROWS if len(row) == 7), of
