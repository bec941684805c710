"""glyphspace import, glyphspace export."""

import argparse
from pathlib import Path
from typing import Any

from .terminal import print_table


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    taker = commands.add_parser(
        "import",
        help="make a model of a PyTorch state_dict",
        description="Read a .pt file with the state_dict of a net like one of ours, whatever its layers are called, "
        "and keep it as a model. No code in the file is run.",
    )
    taker.add_argument("file", type=Path, metavar="FILE.pt", help="what torch.save(net.state_dict(), …) wrote")
    taker.add_argument(
        "--as", required=True, dest="architecture", metavar="NET", help="the net it is, e.g. reference:z_dim=100"
    )
    taker.add_argument("--kind", required=True, choices=("generator", "discriminator", "classifier"), help="what it is")
    taker.add_argument("--data", default="mnist", help="what it was trained on, for its classes (default: mnist)")
    taker.add_argument("--out", type=Path, required=True, metavar="FILE.safetensors", help="the model to write")
    taker.set_defaults(run=import_model)

    giver = commands.add_parser("export", help="write a generator or a classifier as ONNX (an extra)")
    giver.add_argument("model", metavar="MODEL", help="a run folder, a file, or a shipped model's name")
    giver.add_argument(
        "--takes",
        default="labels",
        metavar="WHAT",
        help="what a conditional generator takes besides z: labels or conditions (default: labels)",
    )
    giver.add_argument("--out", type=Path, required=True, metavar="FILE.onnx", help="the file to write")
    giver.set_defaults(run=export_model)


def import_model(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace import`."""
    from ..verbs.import_model import import_model as import_verb

    found = import_verb(
        arguments.file,
        architecture=arguments.architecture,
        kind=arguments.kind,
        data=arguments.data,
        out=arguments.out,
    )
    print_table(("layer", "from the file's"), found.layers)
    print(arguments.out)


def export_model(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace export`."""
    from ..verbs.export_model import export_model as export_verb

    print(export_verb(arguments.model, arguments.out, takes=arguments.takes))
