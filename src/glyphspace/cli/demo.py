"""glyphspace demo."""

import argparse
from pathlib import Path
from typing import Any

from .terminal import say, waiting


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("demo", help="train a GAN on MNIST, measure it, write with it, make its page")
    parser.add_argument("--data", default="mnist", help="a dataset's name or path (default: mnist)")
    parser.add_argument("--minutes", type=float, default=1.5, metavar="M", help="of training (default: 1.5)")
    parser.add_argument("--seed", type=int, default=0, help="of everything random (default: 0)")
    parser.add_argument("--out", type=Path, default=Path("runs/demo"), metavar="DIR", help="default: runs/demo")
    parser.set_defaults(run=demo)


def demo(arguments: argparse.Namespace) -> int:
    """Carry out `glyphspace demo`."""
    from ..training.interrupt import listening
    from ..training.loop import Watcher
    from ..verbs.report import report as report_verb
    from ..verbs.train import train as train_verb

    with listening() as interrupted, waiting("train gan-fast") as progress:
        watcher = Watcher(progress, interrupted, alarm=say)
        run = train_verb(
            "gan-fast",
            data=arguments.data,
            seed=arguments.seed,
            minutes=arguments.minutes,
            out=arguments.out,
            resume=True,
            watcher=watcher,
            progress=progress,
        )
    if not run.finished:
        say(f"stopped at step {run.step:,} and saved; the same command goes on from there")
        return 130
    say(f"trained {run.step:,} steps; now measuring and drawing the page")
    with waiting("report") as progress:
        page = report_verb(run.folder, progress=progress)
    print(f"open {page.resolve()} in a browser")
    return 0
