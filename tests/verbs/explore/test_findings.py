"""Findings become files that anybody can read, whole or not at all."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from matplotlib.figure import Figure

from glyphspace.core.errors import BadInput
from glyphspace.verbs.explore.findings import Findings, plain


def found(**numbers: object) -> Findings:
    return Findings("trial", {"model": "none"}, numbers, {"curve-0.95": Figure((1, 1))}, {"film.gif": b"GIF89a"})


def test_figures_come_as_png_and_svg_and_the_numbers_last(tmp_path: Path) -> None:
    written = found(ratio=0.5).save(tmp_path / "new")
    assert [path.name for path in written] == [
        "trial-curve-0.95.png",
        "trial-curve-0.95.svg",
        "trial-film.gif",
        "trial.json",
    ]
    assert all(path.is_file() for path in written) and len(list((tmp_path / "new").iterdir())) == 4
    assert json.loads(written[-1].read_text()) == {
        "experiment": "trial",
        "asked": {"model": "none"},
        "found": {"ratio": 0.5},
    }


def test_a_folder_that_cannot_be_written_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BadInput, match="cannot write"):
        found().save(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "no folder"


def test_numbers_of_every_kind_become_json() -> None:
    @dataclass
    class Pair:
        left: float
        right: tuple[int, ...]

    mixed = {
        "tensor": torch.tensor([[1.5, float("nan")]]),
        "array": np.arange(2),
        "number": np.float32(0.1),
        "pair": Pair(1 / 3, (1, 2)),
        3: Path("a/b"),
        "flags": [True, None],
    }
    assert json.loads(json.dumps(plain(mixed), allow_nan=False)) == {
        "tensor": [[1.5, None]],
        "array": [0, 1],
        "number": 0.1,
        "pair": {"left": 0.333333, "right": [1, 2]},
        "3": "a/b",
        "flags": [True, None],
    }
