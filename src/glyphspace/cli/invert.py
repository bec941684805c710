"""glyphspace invert, glyphspace encoder."""

import argparse
from pathlib import Path
from typing import Any

from .lists import words
from .terminal import check_folder, print_table, waiting


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    parser = commands.add_parser("invert", help="find the latents at which a generator draws pictures")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE", help="a picture of one character, any size")
    parser.add_argument("--model", default="digits", metavar="MODEL", help="a generator (default: digits)")
    parser.add_argument(
        "--method", default="auto", metavar="NAME",
        help="nearest, encode, optimise or both (default: both where there is an encoder, else optimise)",
    )  # fmt: skip
    parser.add_argument("--encoder", metavar="MODEL", help="default: that of the run folder, or the one that ships")
    parser.add_argument("--classifier", metavar="MODEL", help="which reads (default: the one that ships)")
    parser.add_argument(
        "--classes", type=words, metavar="A,B,…", help="what each picture shows, for a conditional generator"
    )
    parser.add_argument("--embedding", default="class", metavar="KIND", help="class, or free: searched too")
    parser.add_argument("--steps", type=int, default=100, metavar="N", help="of gradient descent (default: 100)")
    parser.add_argument("--rate", type=float, default=0.1, metavar="X", help="of it, at first (default: 0.1)")
    parser.add_argument(
        "--samples", type=int, default=1024, metavar="N", help="to begin near, without encoder (default: 1024)"
    )
    parser.add_argument(
        "--starts", type=int, default=3, metavar="N",
        help="of the nearest samples, to begin at by optimise; a quarter of the steps goes to each (default: 3)",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, help="of the samples to begin at (default: 0)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where figure, latents and numbers go")
    parser.set_defaults(run=invert)

    trainer = commands.add_parser("encoder", help="train an encoder for a generator, for invert to begin with")
    trainer.add_argument("model", metavar="MODEL", help="a run folder, a file, or a shipped model's name")
    trainer.add_argument("--data", help="a dataset's name or path (default: what the model was trained on)")
    trainer.add_argument("--steps", type=int, default=1500, metavar="N", help="of training (default: 1500)")
    trainer.add_argument("--seed", type=int, default=0, help="of everything random (default: 0)")
    trainer.add_argument("--out", type=Path, metavar="FILE.safetensors", help="default: in the run folder")
    trainer.set_defaults(run=encoder)


def invert(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace invert`."""
    from ..latent.inversion import Search
    from ..verbs.invert import invert as invert_verb

    check_folder(arguments.out)
    with waiting("invert") as progress:
        found = invert_verb(
            arguments.images,
            model=arguments.model,
            method=arguments.method,
            encoder=arguments.encoder,
            classifier=arguments.classifier,
            labels=arguments.classes or None,
            search=Search(arguments.steps, arguments.rate, arguments.samples, arguments.starts, arguments.embedding),
            seed=arguments.seed,
            out=arguments.out,
            progress=progress,
        )
    names = found.found.classes
    rows = [
        (str(path), names[before], names[after], f"{certainty:.4f}", f"{error:.4f}")
        for path, before, after, certainty, error in zip(
            arguments.images,
            found.taken_for.labels.tolist(),
            found.found.labels.tolist(),
            found.found.certainty.tolist(),
            found.errors.tolist(),
            strict=True,
        )
    ]
    print_table(("picture", "shows", "drawn as", "certainty", "error"), rows)
    print(arguments.out)


def encoder(arguments: argparse.Namespace) -> None:
    """Carry out `glyphspace encoder`."""
    from ..core.errors import BadInput
    from ..verbs.encoder import encoder as encoder_verb

    if arguments.out is None and not Path(arguments.model).is_dir():
        raise BadInput(f"{arguments.model} is no run folder to keep the encoder in; name a file with --out")
    with waiting("encoder") as progress:
        encoder_verb(
            arguments.model,
            data=arguments.data,
            steps=arguments.steps,
            seed=arguments.seed,
            out=arguments.out,
            progress=progress,
        )
    print(arguments.out or Path(arguments.model) / "encoder.safetensors")
