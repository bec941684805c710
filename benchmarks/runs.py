"""The runs that a benchmark keeps: each says where it was trained, since it may be judged elsewhere."""

import argparse
from pathlib import Path
from typing import Any

from glyphspace import train
from glyphspace.core.files import read_json, write_json
from glyphspace.training.recipes.recipe import Recipe
from glyphspace.training.run import RunFolder
from glyphspace.verbs.train import Run

from .common import machine

TRAINED_ON = "machine.json"


def trained(recipe: str | Recipe, seed: int, out: Path, options: argparse.Namespace) -> tuple[Run, dict[str, Any]]:
    """The run, and where it began: one that has ended in `out` as it is, one that began there gone on with."""
    if not RunFolder(out).exists:
        write_json(out / TRAINED_ON, {**machine(), "device": options.device})
    run = train(
        recipe,
        data=options.data,
        epochs=options.epochs,
        seed=seed,
        device=options.device,
        threads=options.threads,
        out=out,
        resume=options.keep is not None,
    )
    return run, read_json(out / TRAINED_ON) if (out / TRAINED_ON).exists() else {}
