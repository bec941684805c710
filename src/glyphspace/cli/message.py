"""glyphspace write, glyphspace read."""

import argparse
from pathlib import Path
from typing import Any

from .terminal import waiting


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    writer = commands.add_parser("write", help="write a text in handwriting that no hand wrote")
    writer.add_argument("text", metavar="TEXT", help="what to write; the shipped model writes digits and spaces")
    writer.add_argument("--model", default="digits", metavar="MODEL", help="a generator (default: digits)")
    writer.add_argument("--classifier", metavar="MODEL", help="which reads along (default: the one that ships)")
    writer.add_argument("--seed", type=int, default=0, help="another seed, another hand (default: 0)")
    writer.add_argument("--width", type=int, default=24, metavar="N", help="characters in a line (default: 24)")
    for name in ("ink", "paper"):
        writer.add_argument(f"--{name}", metavar="COLOUR", help=f"colour of the {name}, by name or as #rrggbb")
    writer.add_argument(
        "--out", type=Path, required=True, metavar="FILE.png", help="the picture; its latents are kept beside it"
    )
    writer.set_defaults(run=write)

    reader = commands.add_parser("read", help="read a message's latents back to text")
    reader.add_argument("file", type=Path, metavar="FILE.safetensors", help="latents that write kept, or a .pt tensor")
    reader.add_argument("--model", metavar="MODEL", help="the generator it was written with (default: as it says)")
    reader.add_argument("--classifier", metavar="MODEL", help="which reads (default: the one that ships)")
    reader.set_defaults(run=read)


def write(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace write`."""
    from ..verbs.write import write as write_verb

    with waiting("write") as progress:
        written = write_verb(
            arguments.text,
            model=arguments.model,
            classifier=arguments.classifier,
            seed=arguments.seed,
            width=arguments.width,
            **{name: value for name in ("ink", "paper") if (value := getattr(arguments, name))},
            out=arguments.out,
            progress=progress,
        )
    print(written.picture)
    print(written.latents)


def read(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace read`."""
    from ..verbs.read import read as read_verb

    reading = read_verb(arguments.file, model=arguments.model, classifier=arguments.classifier)
    count, least = len(reading.certainties), float(reading.certainties.min())
    print(f"{count} character{'s' * (count > 1)}, the least certain with {least:.4f}")
    print(reading.text)
