"""glyphspace edit."""

import argparse
from pathlib import Path
from typing import Any

from .terminal import check_folder, print_table, waiting


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("edit", help="draw pictures again with more slant, thickness, width, height or loops")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE", help="a picture of one character, any size")
    parser.add_argument(
        "--change", required=True, metavar="NAME=BY,…",
        help="slant in degrees, thickness, width and height in pixels, loops: slant=+10,width=-2",
    )  # fmt: skip
    parser.add_argument("--model", default="digits", metavar="MODEL", help="a generator (default: digits)")
    parser.add_argument("--encoder", metavar="MODEL", help="default: that of the run folder, or the one that ships")
    parser.add_argument("--classifier", metavar="MODEL", help="which reads (default: the one that ships)")
    parser.add_argument("--seed", type=int, default=0, help="of the latents learned from (default: 0)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where figure, latents and numbers go")
    parser.set_defaults(run=edit)


def edit(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace edit`."""
    from ..latent.attributes import ATTRIBUTES
    from ..verbs.edit import edit as edit_verb
    from ..verbs.edit import parse_changes

    check_folder(arguments.out)
    with waiting("edit") as progress:
        edited = edit_verb(
            arguments.images,
            parse_changes(arguments.change),
            model=arguments.model,
            encoder=arguments.encoder,
            classifier=arguments.classifier,
            seed=arguments.seed,
            out=arguments.out,
            progress=progress,
        )
    names = edited.after.classes
    rows = [
        (str(path), names[before], names[after], *(f"{value:+.1f}" for value in changed))
        for path, before, after, changed in zip(
            arguments.images,
            edited.before.labels.tolist(),
            edited.after.labels.tolist(),
            edited.changed.tolist(),
            strict=True,
        )
    ]
    print_table(("picture", "drawn as", "now", *ATTRIBUTES), rows)
    print(arguments.out)
