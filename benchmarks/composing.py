"""How long 1,000 characters take to compose and to draw, once everything is loaded.

Claim: under 2 seconds together, of any set of characters, on two cores. Medians of texts that differ.

    python -m benchmarks.composing
"""

import argparse
import statistics
import time

import torch

from glyphspace.message.render import render
from glyphspace.message.typeset import typeset

from .common import machine, parser, save, table
from .messages import SETS, Writer, add_models

CHARACTERS = 1_000
LIMIT = 2.0  # seconds
LINE = 40


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "composing")
    made.add_argument("--texts", type=int, default=7, help="of each set (default: 7)")
    add_models(made)
    return made


def main() -> None:
    arguments = options().parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    where, found = machine(), {}
    for name, characters in SETS.items():
        writer = Writer(characters, arguments)
        writer.compose(writer.text(200, 0), 0)
        found[name] = [seconds(writer, seed) for seed in range(1, arguments.texts + 1)]
    rows = []
    for name, each in found.items():
        composing, drawing = (statistics.median(part) for part in zip(*each, strict=True))
        whole = [sum(pair) for pair in each]
        spread = f"{min(whole):.2f} to {max(whole):.2f} s"
        rows.append((name, f"{composing:.2f} s", f"{drawing:.2f} s", f"{statistics.median(whole):.2f} s", spread))
    table(("1,000 characters of", "composing", "drawing", "together", "all texts"), rows)
    save(arguments, where, found)


def seconds(writer: Writer, seed: int) -> tuple[float, float]:
    """How long a text takes to compose, and to draw as a picture."""
    text = writer.text(CHARACTERS, seed)
    begun = time.perf_counter()
    composed = writer.compose(text, seed)
    chosen = time.perf_counter()
    render(typeset(composed.images, composed.text, LINE))
    return chosen - begun, time.perf_counter() - chosen


if __name__ == "__main__":
    main()
