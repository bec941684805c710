"""glyphspace calibrate."""

import argparse
from pathlib import Path
from typing import Any

from ..core.errors import BadInput
from .terminal import print_table, waiting


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "calibrate",
        help="make a classifier's certainty the share of its labels that are right",
        description="Fit a temperature on the training images that the classifier held out, and keep it in its file.",
    )
    parser.add_argument("model", metavar="MODEL", help="a classifier's run folder, file, or shipped name")
    parser.add_argument("--data", help="what it was trained on (default: the name in its file)")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where the calibrated classifier goes (default: its own file)"
    )
    parser.set_defaults(run=calibrate)


def calibrate(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace calibrate`."""
    from ..verbs.calibrate import calibrate as calibrate_verb

    out = arguments.out or _own_file(arguments.model)
    with waiting("calibrate") as progress:
        found = calibrate_verb(arguments.model, data=arguments.data, out=out, progress=progress)
    print(f"temperature {found.temperature:.4f}, fitted on {found.count:,} held-out images; {out} holds it")
    rows = [
        (when, f"{of.error:.4f}", str(of.chance)) for when, of in (("before", found.before), ("after", found.after))
    ]
    print_table(("expected calibration error on them", "model", "chance alone"), rows)


def _own_file(model: str) -> Path:
    from ..zoo import find_model

    path = Path(model)
    if not path.exists():
        find_model(model, "classifier")  # of a name that is none it says what there is
        raise BadInput(f"{model} is no file of yours; say with --out where the calibrated classifier is to go")
    return path / "classifier.safetensors" if path.is_dir() else path
