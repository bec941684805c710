"""What else one waits for: the command line's first word, a first image, labels of latents, a measurement, a page.

Claim: `glyphspace --help` takes at most 0.3 seconds. Each command runs in a process of its own, as a person would run
it, and a figure is the median of several.

    python -m benchmarks.waiting
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import torch

from glyphspace import evaluate, train
from glyphspace.core.randomness import stream
from glyphspace.latent.labelled import label
from glyphspace.verbs import yardstick
from glyphspace.zoo import find_model

from .common import machine, parser, save, table, workspace

HELP = "`glyphspace --help`"
LIMIT = 0.3  # seconds that it may take


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "waiting")
    made.add_argument("--rounds", type=int, default=5, help="of each (default: 5)")
    made.add_argument("--count", type=int, default=10_000, help="latents to label, images to judge (default: 10000)")
    made.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    return made


def main() -> None:
    arguments = options().parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)

    where = machine()
    with workspace(arguments.keep) as folder, patch.object(yardstick, "shelf", lambda: folder / "measured"):
        run = folder / "run"
        if not run.exists():
            train("gan-fast", data=arguments.data, steps=100, threads=arguments.threads, out=run)
        waits = {
            "`import glyphspace`": python("-c", "import glyphspace"),
            "`import torch`, for comparison": python("-c", "import torch"),
            HELP: python("-m", "glyphspace", "--help"),
            "`glyphspace models`": python("-m", "glyphspace", "models"),
            "`glyphspace sample digits --count 1`": python(
                *("-m", "glyphspace", "sample", "digits", "--count", "1", "--out", str(folder / "one.png"))
            ),
            "`glyphspace write 2026`": python("-m", "glyphspace", "write", "2026", "--out", str(folder / "2026.png")),
            f"{arguments.count:,} latents drawn and labelled": lambda: label_latents(arguments.count),
            f"every metric of {arguments.count:,} images": lambda: measure_anew(arguments),
            "… again, what real images give being kept": lambda: measure(arguments),
            "`glyphspace report` of a run": python("-m", "glyphspace", "report", str(run)),
        }
        found = {}
        for what, wait in waits.items():
            found[what] = [seconds(wait) for _ in range(arguments.rounds)]
            print(f"{what}: {statistics.median(found[what]):.2f} s", flush=True)
    print()
    table(
        ("median seconds", "", "least", "most"),
        [(w, f"{statistics.median(t):.2f}", f"{min(t):.2f}", f"{max(t):.2f}") for w, t in found.items()],
    )
    save(arguments, where, found)


def python(*words: str) -> Callable[[], object]:
    """A process of Python with these words, whose failure ends the benchmark."""
    command = [sys.executable, *words]
    return lambda: subprocess.run(command, cwd=Path(__file__).parents[1], check=True, capture_output=True)


def measure_anew(arguments: argparse.Namespace) -> object:
    """The same as `measure` when nothing has been kept of what real images give."""
    shutil.rmtree(yardstick.shelf(), ignore_errors=True)
    return measure(arguments)


def measure(arguments: argparse.Namespace) -> object:
    """Judge a generator that ships."""
    return evaluate("digits", data=arguments.data, count=arguments.count)


def label_latents(count: int) -> object:
    """Draw at `count` latents of the shipped generator, and label the images by the shipped classifier."""
    generator, classifier = find_model("digits", "generator"), find_model("mnist-classifier", "classifier")
    latents = torch.randn(count, int(generator.net.z_dim), generator=stream(0, "waiting"))  # type: ignore[arg-type]
    return label(generator, classifier, latents)


def seconds(action: Callable[[], object]) -> float:
    """What one call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
