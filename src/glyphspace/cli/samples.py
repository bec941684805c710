"""What the commands share that take samples and write them to a file."""

import argparse
from pathlib import Path

from .lists import words


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
