"""glyphspace write, glyphspace read."""

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any

from ..core.errors import BadInput
from .terminal import waiting


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    writer = commands.add_parser("write", help="write a text in handwriting that no hand wrote")
    add_text(writer)
    add_models(writer)
    writer.add_argument("--seed", type=int, default=0, help="another seed, another hand (default: 0)")
    writer.add_argument(
        "--hand",
        choices=("same", "anew"),
        help="one for all characters, which is the default where the model can, or anew for each",
    )
    writer.add_argument(
        "--hand-of",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="PICTURE",
        help="the hand of a person, from pictures of some characters; the generator must be conditional",
    )
    for name, more in (("slant", "to the right"), ("thickness", "a broader pen"), ("width", "broader letters")):
        writer.add_argument(
            f"--{name}",
            type=float,
            default=0.0,
            metavar="X",
            help=f"{more}, or less where negative: -5 to 5 along a direction of the latent space (default: 0)",
        )
    writer.add_argument(
        "--neatness", type=float, default=0.7, metavar="X", help="from 0, wild, to 1, neat (default: 0.7)"
    )
    writer.add_argument("--then", metavar="TEXT", help="films show the message becoming this one")
    writer.add_argument("--columns", type=int, default=24, metavar="N", help="characters in a line (default: 24)")
    writer.add_argument("--height", type=int, default=80, metavar="PIXELS", help="of a capital (default: 80)")
    writer.add_argument("--ink", metavar="COLOUR", help="by name or as #rrggbb")
    writer.add_argument("--paper", metavar="COLOUR", help='the same, or "transparent"')
    writer.add_argument(
        "--out",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="pictures .png .svg, films .gif .apng .mp4, latents .safetensors .pt, and folders to hand over; beside "
        "pictures the latents are kept. Without any, the message is shown here",
    )
    writer.set_defaults(run=write)

    reader = commands.add_parser("read", help="read latents, or a picture of writing, back to text")
    reader.add_argument(
        "file", type=Path, metavar="FILE", help="latents or a folder that write kept, a .pt tensor, or a picture"
    )
    reader.add_argument(
        "--model",
        metavar="MODEL",
        help="the generator of latents (default: as they say), or of what a picture shows (default: all characters)",
    )
    reader.add_argument("--classifier", metavar="MODEL", help="which reads (default: the one that ships)")
    reader.set_defaults(run=read)


def add_text(parser: argparse.ArgumentParser) -> None:
    """The text of a message, and what becomes of characters that cannot be written."""
    parser.add_argument("text", metavar="TEXT", help="what to write; - reads it from standard input")
    parser.add_argument(
        "--fold",
        action="store_true",
        help="write what is nearest to characters that cannot be written (é as e), and leave out the others",
    )


def add_models(parser: argparse.ArgumentParser) -> None:
    """The models that write."""
    parser.add_argument("--model", metavar="MODEL", help="a generator (default: the best that ships for the text)")
    parser.add_argument("--classifier", metavar="MODEL", help="which reads along (default: the one that ships)")
    parser.add_argument("--second", metavar="MODEL", help="another, which must agree (default: one that ships)")


def text_of(arguments: argparse.Namespace) -> str:
    """The text that was given, or what standard input holds."""
    if arguments.text != "-":
        return str(arguments.text)
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise BadInput(f"standard input holds no text in {sys.stdin.encoding}") from error


def write(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace write`."""
    from ..verbs.pens import TURNS, Style
    from ..verbs.write import write as write_verb

    text = text_of(arguments)
    with waiting("write") as progress:
        written = write_verb(
            text,
            out=arguments.out,
            model=arguments.model,
            classifier=arguments.classifier,
            second=arguments.second,
            seed=arguments.seed,
            style=Style(
                arguments.hand,
                arguments.hand_of,
                arguments.neatness,
                {name: getattr(arguments, name) for name in TURNS if getattr(arguments, name)},
            ),
            fold=arguments.fold,
            then=arguments.then,
            width=arguments.columns,
            height=arguments.height,
            **{name: value for name in ("ink", "paper") if (value := getattr(arguments, name)) is not None},
            progress=progress,
        )
    if written.text.split() != text.split():
        print(f"written: {' '.join(written.text.split())}", file=sys.stderr)
    if sys.stdout.isatty() or not written.files:
        print(written.preview(shutil.get_terminal_size().columns))
    for file in written.files:
        print(file)


def read(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace read`."""
    from ..verbs.read import read as read_verb

    reading = read_verb(arguments.file, model=arguments.model, classifier=arguments.classifier)
    count, least = len(reading.certainties), float(reading.certainties.min())
    print(f"{count} character{'s' * (count > 1)}, the least certain with {least:.4f}")
    print(reading.text)
