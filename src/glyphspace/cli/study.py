"""glyphspace study."""

import argparse
from pathlib import Path
from typing import Any

from ..core.words import duration
from .terminal import print_table, say, waiting


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "study",
        help="do one of the documents again and test its claims",
        description="Do one of the documents again, from training to its last figure, and make one page in its order, "
        "with a verdict on each claim. Ctrl-C stops it; the same command goes on from there.",
    )
    parser.add_argument("name", metavar="STUDY", help="cgan, dcgan-cwgan, gan-cnn or latent-map")
    parser.add_argument("--quick", action="store_true", help="in minutes, on models that ship")
    parser.add_argument("--device", default="cpu", help="where to train: cpu, cuda, mps (default: cpu)")
    parser.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: one a core)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the page and all results go")
    parser.set_defaults(run=study)


def study(arguments: argparse.Namespace) -> int:
    """Carry out `glyphspace study`."""
    from ..training.device import choose_compute
    from ..training.interrupt import listening
    from ..verbs.study import study as study_verb

    choose_compute(threads=arguments.threads)
    with listening() as interrupted, waiting(f"study {arguments.name}") as progress:
        found = study_verb(
            arguments.name,
            budget="quick" if arguments.quick else "full",
            out=arguments.out,
            device=arguments.device,
            interrupted=interrupted,
            progress=progress,
        )
    if found.page is None:
        say(f"stopped and saved in {arguments.out}; the same command goes on from there")
        return 130
    for name, why in found.left_out.items():
        say(f"left out: {name}: {why}")
    print_table(("claim", "verdict", "what it says"), [(f"#{v.number}", v.verdict, v.claim) for v in found.verdicts])
    say(f"the steps took {duration(sum(found.seconds.values()))}")
    print(found.page)
    return 0
