"""glyphspace select."""

import argparse
from pathlib import Path
from typing import Any

from .samples import add_samples_to


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "select",
        help="take labelled latents out of a file that explore kept, by class and certainty",
        description="Take labelled latents out of a file that `glyphspace explore MODEL labels --keep FILE` wrote.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a .safetensors file of labelled latents")
    parser.add_argument("--count", type=int, metavar="N", help="at most so many, the first in the file (default: all)")
    add_samples_to(parser, "only these, as the classifier labelled them")
    parser.set_defaults(run=select)


def select(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace select`."""
    from ..verbs.select import select as select_verb

    found = select_verb(
        arguments.file,
        classes=arguments.classes or None,
        certainty=arguments.certainty,
        count=arguments.count,
        out=arguments.out,
    )
    print(f"{found.fit:,} of {found.total:,} latents fit; {len(found.latents):,} are taken")
    print(arguments.out)
