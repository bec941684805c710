"""glyphspace edit."""

import argparse
from pathlib import Path
from typing import Any

from .terminal import check_folder, print_table, waiting


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("edit", help="draw pictures again with more slant, thickness, width, height or loops")
    parser.add_argument(
        "images",
        nargs="+",
        type=Path,
        metavar="IMAGE",
        help="a picture of one character, any size; or one file of latents (.npz, .txt, .csv)",
    )
    parser.add_argument(
        "--change", required=True, action="append", metavar="NAME=BY,…",
        help="slant in degrees, thickness, width and height in pixels, loops: slant=+10,width=-2; or steps along a "
        "direction of explore: component-1=+2, factor-3=-1; attributes are counted from there",
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
    from ..verbs.edit import SHOWN, parse_changes
    from ..verbs.edit import edit as edit_verb

    check_folder(arguments.out)
    with waiting("edit") as progress:
        edited = edit_verb(
            arguments.images,
            parse_changes(",".join(arguments.change)),
            model=arguments.model,
            encoder=arguments.encoder,
            classifier=arguments.classifier,
            seed=arguments.seed,
            out=arguments.out,
            progress=progress,
        )
    names, count = edited.after.classes, len(edited.after)
    given = [str(path) for path in arguments.images]
    if len(given) != count:  # latents in one file
        given = [f"{given[0]}, {number}" for number in range(1, min(count, SHOWN) + 1)]
    rows = [
        (what, names[before], names[after], *(f"{round(value, 1) + 0.0:+.1f}" for value in changed))
        for what, before, after, changed in zip(
            given,
            edited.before.labels.tolist(),
            edited.after.labels.tolist(),
            edited.changed.tolist(),
            strict=False,
        )
    ]
    print_table(("picture", "drawn as", "now", *ATTRIBUTES), rows)
    if count > len(rows):
        print(f"… and {count - len(rows):,} more")
    print(arguments.out)
