"""glyphspace select."""

import argparse
from pathlib import Path
from typing import Any


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "select",
        help="take labelled latents out of a file that explore kept, by class and certainty",
        description="Take labelled latents out of a file that `glyphspace explore MODEL labels --keep FILE` wrote.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a .safetensors file of labelled latents")
    parser.add_argument("--classes", metavar="A,B,…", help="only these, as the classifier labelled them")
    parser.add_argument("--certainty", type=float, default=0.0, metavar="C", help="only labels this certain, 0 to 1")
    parser.add_argument("--count", type=int, metavar="N", help="at most so many, the first in the file (default: all)")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=".npz for images, latents, labels and certainty; .png for a sheet",
    )
    parser.set_defaults(run=select)


def select(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace select`."""
    from ..verbs.select import select as select_verb

    found = select_verb(
        arguments.file,
        classes=arguments.classes.split(",") if arguments.classes else None,
        certainty=arguments.certainty,
        count=arguments.count,
        out=arguments.out,
    )
    print(f"{found.fit:,} of {found.total:,} latents fit; {len(found.latents):,} are taken")
    print(arguments.out)
