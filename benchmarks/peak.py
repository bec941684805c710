"""The most that this machine does: the best float32 and bfloat16 convolution over a stated set of layers.

Channels last, forward, batches of 128; for one thread and for as many as torch takes by itself.

    python -m benchmarks.peak
"""

import argparse

import torch

from .arithmetic import best, peaks
from .common import machine, parser, save, table


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "peak")
    made.add_argument("--threads", type=int, nargs="+", metavar="N", help="default: 1, and torch's own choice")
    made.add_argument("--rounds", type=int, default=20, help="of each layer; the best counts (default: 20)")
    return made


def main() -> None:
    arguments = options().parse_args()
    where = machine()
    counts = arguments.threads or sorted({1, torch.get_num_threads()})
    found = peaks(counts, rounds=arguments.rounds)
    columns = [(kind, str(count)) for kind in found for count in counts]
    layers = next(iter(found["float32"].values()))
    rows = [(layer, *(f"{found[kind][n][layer] / 1e9:.0f}" for kind, n in columns)) for layer in layers]
    rows.append(("best", *(f"{best(found[kind][n]) / 1e9:.0f}" for kind, n in columns)))
    table(("10⁹ operations a second", *(f"{kind}, {n} threads" for kind, n in columns)), rows)
    save(arguments, where, found)


if __name__ == "__main__":
    main()
