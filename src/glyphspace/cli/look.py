"""glyphspace classify."""

import argparse
from pathlib import Path
from typing import Any

from .terminal import print_table


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("classify", help="say what characters pictures show")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE", help="a picture of one character, any size")
    parser.add_argument("--model", default="mnist-classifier", metavar="MODEL", help="default: mnist-classifier")
    parser.set_defaults(run=classify)


def classify(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace classify`."""
    from ..verbs.classify import classify as classify_verb

    guesses = classify_verb(arguments.images, model=arguments.model)
    rows = [
        (str(path), guess.label, f"{guess.certainty:.4f}", guess.runner_up, f"{guess.runner_up_certainty:.4f}")
        for path, guess in zip(arguments.images, guesses, strict=True)
    ]
    print_table(("image", "shows", "certainty", "or", "certainty"), rows)
