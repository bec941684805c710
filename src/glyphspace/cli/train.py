"""glyphspace train, glyphspace runs."""

import argparse
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from ..core.errors import GlyphspaceError
from ..core.files import Json
from ..core.words import duration
from ..training.recipes import ClassifierRecipe, GanRecipe, recipes
from .terminal import print_table, say, waiting

OWN_OPTIONS = {"name", "summary", "data", "epochs"}  # fields of a recipe that have an option of their own


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    parser = commands.add_parser("train", help="train by a recipe", description=_DESCRIPTION)
    parser.add_argument("recipe", metavar="RECIPE", help="a recipe's name, or a TOML file with base = NAME in it")
    parser.add_argument("--data", help="a dataset's name or path, or generated:MODEL (default: the recipe's)")
    parser.add_argument("--seed", type=int, default=0, help="of everything random in the run (default: 0)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the run folder (default: runs/RECIPE-SEED)")
    ends = parser.add_mutually_exclusive_group()
    ends.add_argument(
        "--epochs", type=float, metavar="N", help="stop after N passes over the training images (default: the recipe's)"
    )
    ends.add_argument("--steps", type=int, metavar="N", help="stop after N steps")
    ends.add_argument("--minutes", type=float, metavar="M", help="stop after M minutes, or as many steps as fit them")
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with the run in DIR from its last checkpoint; begin it if there is none",
    )
    parser.add_argument(
        "--init", metavar="MODEL", help="begin with this run's, file's or shipped model's weights, to fine-tune them"
    )
    parser.add_argument(
        "--checkpoint-seconds", type=float, default=30.0, metavar="S", help="between checkpoints (default: 30)"
    )
    parser.add_argument("--device", default="cpu", help="where to compute: cpu, cuda, mps (default: cpu)")
    parser.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: one a core)")
    parser.add_argument("--tensorboard", action="store_true", help="write TensorBoard's event files too (an extra)")
    both = {f.name for f in fields(GanRecipe)} & {f.name for f in fields(ClassifierRecipe)}
    shared = parser.add_argument_group("to override any recipe (default: what it says; see glyphspace recipes --json)")
    _add_fields(shared, [f for f in fields(GanRecipe) if f.name in both])
    for title, kind in (("a GAN's recipe", GanRecipe), ("a classifier's recipe", ClassifierRecipe)):
        _add_fields(parser.add_argument_group(f"to override {title}"), [f for f in fields(kind) if f.name not in both])
    parser.set_defaults(run=train)

    runs = commands.add_parser("runs", help="list the runs in a folder")
    runs.add_argument("folder", nargs="?", default="runs", metavar="DIR", help="where the runs are (default: runs)")
    runs.set_defaults(run=list_runs)


_DESCRIPTION = (
    "Train by a recipe and leave a run folder with the models, their history and a checkpoint. "
    "Ctrl-C stops after the step it is in; --resume goes on from there to the same bits."
)


def _add_fields(group: Any, items: list[Field[Any]]) -> None:
    for item in items:
        if item.name not in OWN_OPTIONS:
            kind = {"int": int, "float": float}.get(str(item.type), item.type if callable(item.type) else str)
            option = "--" + item.name.replace("_", "-")
            group.add_argument(option, type=kind, metavar="X", default=None, help=item.metadata["help"])


def train(arguments: argparse.Namespace) -> int:
    """Carry out `glyphspace train`."""
    from ..training.interrupt import listening
    from ..training.loop import Watcher
    from ..verbs.train import train as train_verb

    names = {f.name for kind in (GanRecipe, ClassifierRecipe) for f in fields(kind)} - OWN_OPTIONS
    changes = {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}
    out = arguments.out or Path("runs") / f"{Path(arguments.recipe).stem}-{arguments.seed}"
    with listening() as interrupted, waiting(f"train {arguments.recipe}") as progress, _writer(arguments, out) as write:
        watcher = Watcher(progress, interrupted, evaluated=_tell, alarm=say, stepped=write)
        run = train_verb(
            arguments.recipe,
            out=out,
            data=arguments.data,
            seed=arguments.seed,
            epochs=arguments.epochs,
            steps=arguments.steps,
            minutes=arguments.minutes,
            resume=arguments.resume,
            init=arguments.init,
            device=arguments.device,
            threads=arguments.threads,
            checkpoint_seconds=arguments.checkpoint_seconds,
            changes=changes,
            watcher=watcher,
            progress=progress,
        )
    if not run.finished:
        say(f"stopped at step {run.step:,} and saved; the same command with --resume goes on from there")
        return 130
    print(f"{run.step:,} steps in {duration(run.seconds)}; {run.folder} holds {', '.join(sorted(run.models))}")
    return 0


def _tell(step: int, found: Json) -> None:
    figures = ", ".join(
        f"{name.replace('_', ' ')} {value:.4f}" for name, value in found.items() if name not in ("step", "epoch")
    )
    say(f"epoch {found['epoch']:g}: {figures}")


def _writer(arguments: argparse.Namespace, out: Path) -> Any:
    from ..training.tensorboard import event_writer, no_writer

    return event_writer(out / "tensorboard", arguments.recipe) if arguments.tensorboard else no_writer()


def list_runs(arguments: argparse.Namespace) -> int:
    """Carry out `glyphspace runs`."""
    from ..training.run import find_runs

    rows = []
    for run in find_runs(arguments.folder):
        try:
            about = run.description
            rows.append(
                (
                    str(run.path),
                    str(about["recipe"]["name"]),
                    str(about["data"]["name"]),
                    str(about["seed"]),
                    str(about["status"]),
                    f"{about.get('step', 0):,}",
                    duration(about.get("seconds", 0)),
                )
            )
        except (GlyphspaceError, KeyError, TypeError, ValueError):
            rows.append((str(run.path), "?", "?", "?", "unreadable", "0", "0 s"))
    if rows:
        print_table(("run", "recipe", "data", "seed", "status", "steps", "time"), rows)
    else:
        say(f"there are no runs in {arguments.folder}; glyphspace train {next(iter(recipes))} makes one")
    return 0
