"""glyphspace sample."""

import argparse
from typing import Any

from .samples import add_draw_to, add_samples_to
from .terminal import waiting


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("sample", help="draw images from a generator, with their latents and labels")
    add_draw_to(parser)
    parser.add_argument("--classifier", metavar="MODEL", help="which labels (default: the one that ships)")
    add_samples_to(parser, "only these, in equal numbers, as the classifier labels them")
    parser.set_defaults(run=sample)


def sample(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace sample`."""
    from ..verbs.sample import sample as sample_verb

    with waiting("sample") as progress:
        sample_verb(
            arguments.model,
            count=arguments.count,
            seed=arguments.seed,
            classes=arguments.classes or None,
            certainty=arguments.certainty,
            classifier=arguments.classifier,
            out=arguments.out,
            progress=progress,
        )
    print(arguments.out)
