"""glyphspace draw."""

import argparse
from pathlib import Path
from typing import Any

from .samples import add_draw_to
from .terminal import waiting


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "draw",
        help="draw images from a generator as they come, with their latents",
        description="Draw images from a generator as they come, whatever it was trained on: no classifier is asked. "
        "`glyphspace sample` labels them, and finds those of a class.",
    )
    add_draw_to(parser)
    parser.add_argument(
        "--prior",
        default="normal",
        metavar="NAME",
        help="what latents are drawn from: normal, uniform, symmetric (default: normal)",
    )
    parser.add_argument("--truncation", type=float, metavar="T", help="cut normal latents off at ±T")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=".npz for images and latents, and labels and conditions of a conditional generator; .png for a sheet",
    )
    parser.set_defaults(run=draw)


def draw(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace draw`."""
    from ..verbs.draw import draw as draw_verb

    with waiting("draw") as progress:
        draw_verb(
            arguments.model,
            count=arguments.count,
            seed=arguments.seed,
            prior=arguments.prior,
            truncation=arguments.truncation,
            out=arguments.out,
            progress=progress,
        )
    print(arguments.out)
