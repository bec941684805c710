"""How long the quick studies of all documents take together, from nothing to their pages.

Claim: under 15 minutes on two cores, two of them beside each other, each by one thread.

    python -m benchmarks.quick_studies
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from .beside import beside
from .common import machine, parser, run, save, table, workspace

NAMES = ["gan-cnn", "cgan", "dcgan-cwgan", "latent-map"]  # the longest first, so that both cores end together
LIMIT = 15 * 60  # seconds that all of them may take together: what is claimed


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "quick_studies")
    made.add_argument("--names", nargs="+", default=NAMES, metavar="NAME", help=f"default: {' '.join(NAMES)}")
    made.add_argument("--at-once", type=int, default=2, metavar="N", help="beside each other (default: 2)")
    made.add_argument("--threads", type=int, default=1, metavar="N", help="of each (default: 1)")
    return made


def main() -> None:
    arguments = options().parse_args()
    where = machine()
    with workspace(arguments.keep) as folder:
        if kept := [name for name in arguments.names if (folder / name).exists()]:
            sys.exit(f"{folder / kept[0]} is there already, and a study would go on with what it holds; name another")
        start = time.perf_counter()
        jobs = {name: (name, arguments.threads, folder / name) for name in arguments.names}
        seconds = dict(beside(carry_out, jobs, arguments.at_once))
        together = time.perf_counter() - start
    rows = [(name, f"{seconds[name]:.0f}") for name in arguments.names]
    table(("study", "seconds"), [*rows, ("all together", f"{together:.0f}")])
    found = {"seconds": seconds, "together": together}
    for short in shortfalls(found):
        print(f"missed: {short}")
    save(arguments, where, found)


def carry_out(name: str, threads: int, folder: Path) -> float:
    """The seconds that a study takes, as a person would start it."""
    start = time.perf_counter()
    run("glyphspace", "study", name, "--quick", "--threads", threads, "--out", folder)
    return time.perf_counter() - start


def shortfalls(found: dict[str, float]) -> Iterator[str]:
    """What is claimed and does not hold."""
    if (together := found["together"]) >= LIMIT:
        yield f"the quick studies take {together / 60:.1f} minutes together, not under {LIMIT / 60:g}"


if __name__ == "__main__":
    main()
