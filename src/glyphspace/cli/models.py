"""glyphspace models, glyphspace recipes."""

import argparse
import json
from typing import Any

from .terminal import print_table

SCORES = (  # of those that a card has, what tells models apart at a glance; --json has them all
    "test accuracy",
    "held-out accuracy",
    "calibration error",
    "Fréchet distance",
    "its floor",
    "coverage",
    "label as asked",
    "mean squared error, pixels from 0 to 1",
)


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    shipped = commands.add_parser("models", help="list the models that ship and what they score")
    shipped.add_argument("--json", action="store_true", help="print it as JSON")
    shipped.set_defaults(run=list_models)
    known = commands.add_parser("recipes", help="list the recipes")
    known.add_argument("--json", action="store_true", help="print every field as JSON")
    known.set_defaults(run=list_recipes)


def list_models(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace models`."""
    from ..verbs.listing import models as models_verb

    found = models_verb()
    if arguments.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    rows = [
        (
            model["name"],
            model["kind"],
            model["dataset"],
            f"{model['parameters']:,}",
            f"{model['bytes'] / 1e6:.2f} MB",
            "; ".join(f"{name} {model['quality'][name]:.4g}" for name in SCORES if name in model["quality"]),
        )
        for model in found
    ]
    print_table(("model", "kind", "data", "parameters", "size", "scores"), rows)


def list_recipes(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace recipes`."""
    from ..verbs.listing import recipes as recipes_verb

    found = recipes_verb()
    if arguments.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    rows = [
        (
            recipe["name"],
            recipe["data"],
            ", ".join(f"{kind} {count:,}" for kind, count in recipe["parameters"].items()),
            recipe["loss"],
            recipe["summary"],
        )
        for recipe in found
    ]
    print_table(("recipe", "data", "parameters", "objective", "what it is"), rows)
