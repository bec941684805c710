"""The notebook of the docs runs from its first cell to its last, and shows what is kept in it."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from tools.tour import NOTEBOOK, run

from glyphspace import explore
from glyphspace.core.files import Json

KEPT = json.loads(NOTEBOOK.read_text())
CODE = [cell for cell in KEPT["cells"] if cell["cell_type"] == "code"]


def kinds(cells: Sequence[Json]) -> list[list[str]]:
    """What each cell shows, by kind: printed text, text or a picture."""
    return [
        [kind for output in cell["outputs"] for kind in output.get("data", {"printed": None})]
        for cell in cells
        if cell["cell_type"] == "code"
    ]


def test_it_runs_and_shows_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert kinds(run(KEPT, NOTEBOOK.parent)["cells"]) == kinds(CODE)


def test_it_visits_every_experiment() -> None:
    told = "".join("".join(cell["source"]) for cell in CODE)
    for name in (*(f"explore.{each}" for each in set(explore.__all__) - {"Findings"}), "invert", "edit"):
        assert f"glyphspace.{name}(" in told, name


def test_it_was_run_to_its_end_and_is_small_enough_to_be_read_on_a_site() -> None:
    assert [cell["execution_count"] for cell in CODE] == list(range(1, len(CODE) + 1))
    assert sum("image/png" in of for of in kinds(CODE)) > 10
    assert NOTEBOOK.stat().st_size < 1_000_000
