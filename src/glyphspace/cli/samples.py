"""What the commands share that take samples and write them to a file."""

import argparse
from pathlib import Path

from .lists import words


def add_draw_to(parser: argparse.ArgumentParser) -> None:
    """Add the generator that is drawn from, how often, and with which seed."""
    parser.add_argument("model", metavar="MODEL", help="a run folder, a file, or a shipped model's name")
    parser.add_argument("--count", type=int, default=64, metavar="N", help="how many (default: 64)")
    parser.add_argument("--seed", type=int, default=0, help="of the latents (default: 0)")


def add_samples_to(parser: argparse.ArgumentParser, classes: str) -> None:
    """Add which samples are taken, and where they go; `classes` is what the help says of those."""
    parser.add_argument("--classes", type=words, metavar="A,B,…", help=classes)
    parser.add_argument("--certainty", type=float, default=0.0, metavar="C", help="only labels this certain, 0 to 1")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=".npz for images, latents, labels and certainty; .png for a sheet",
    )
