"""glyphspace compare."""

import argparse
from pathlib import Path
from typing import Any

from .terminal import print_table, say, waiting

SHOWN = 5  # figures in the table on the terminal; the page has all


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "compare",
        help="train several recipes for the same time, and make a page of how they fare",
        description="Train each recipe for the same time from several seeds, measure every run and make one page. "
        "Ctrl-C stops it after the step it is in; the same command goes on from there.",
    )
    parser.add_argument("recipes", nargs="+", metavar="RECIPE", help="names of recipes, or TOML files")
    parser.add_argument("--minutes", type=float, required=True, metavar="M", help="of training, for each run")
    parser.add_argument("--seeds", type=int, default=3, metavar="K", help="runs of each recipe (default: 3)")
    parser.add_argument("--data", help="a dataset's name or path (default: the recipes')")
    parser.add_argument(
        "--hold-out",
        type=int,
        default=0,
        metavar="N",
        help="measure on N training images kept back, by the choosing network: for choosing between recipes",
    )
    parser.add_argument(
        "--judge", metavar="MODEL", help="the network whose features measure (default: the shipped one)"
    )
    parser.add_argument(
        "--count", type=int, metavar="N", help="images to generate (default: 10000, or 26000 stacked ones)"
    )
    parser.add_argument("--device", default="cpu", help="where to compute: cpu, cuda, mps (default: cpu)")
    parser.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: one a core)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the runs and the page go")
    parser.set_defaults(run=compare)


def compare(arguments: argparse.Namespace) -> int:
    """Carry out `glyphspace compare`."""
    from ..training.interrupt import listening
    from ..verbs.compare import compare as compare_verb

    with listening() as interrupted, waiting("compare") as progress:
        compared = compare_verb(
            arguments.recipes,
            minutes=arguments.minutes,
            seeds=arguments.seeds,
            data=arguments.data,
            hold_out=arguments.hold_out,
            judge_by=arguments.judge,
            count=arguments.count,
            device=arguments.device,
            threads=arguments.threads,
            out=arguments.out,
            interrupted=interrupted,
            progress=progress,
        )
    found = compared.comparison
    if found is None:
        say(f"stopped and saved in {arguments.out}; the same command goes on from there")
        return 130
    shown = found.quantities[:SHOWN]
    rows = []
    for rival in found.rivals:
        measured = [rival.values(quantity.name) for quantity in shown]
        cells = (f"{v.mean():{q.written}}" if len(v) else "—" for q, v in zip(shown, measured, strict=True))
        rows.append((rival.name, *cells, f"{len(rival.failed)} of {len(rival.entries)}"))
    print_table(("recipe", *(quantity.name for quantity in shown), "failed"), rows)
    print(compared.page)
    return 0
