"""Images a second in training: `gan-reference` beside the plain script, and `gan-fast` and it beside published GANs.

Claims: at a batch of 32 `gan-reference` takes at least 3 times the images a second of the plain script at its best
number of threads; at 128 it reaches at least 45% of the machine's peak, counting only the arithmetic that the network
cannot do without. The peak is that of bfloat16 where the processor multiplies it, and elsewhere that of float32: the
best of a stated set of layers.

All take steps in turn, and the layers of the peak with them, so that a busy moment hits all of them; a figure is the
median of the rounds. Each has its best number of threads, of 1 and its doubles up to torch's own choice.

    python -m benchmarks.training_step
"""

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence

import torch

from glyphspace.core.memory import keep_freed_memory

from .arithmetic import KINDS, best, peaks
from .common import machine, parser, save, table
from .contestants import SINGLE_IMAGES, Contestant, enter
from .published_gans import PUBLISHED

OURS = ("gan-reference", "gan-reference:128", "gan-fast")
THEIRS = (*PUBLISHED, "plain script:128", SINGLE_IMAGES)
SECONDS = 1.0  # of one contestant's turn, about
TIMES, SHARE = 3.0, 0.45  # of the plain script's images a second, and of the peak: what is claimed

Speeds = dict[str, dict[str, list[float]]]  # of every round, by name and number of threads, or by that and layer


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "training_step")
    made.add_argument("--names", nargs="+", default=[*OURS, *THEIRS], metavar="NAME", help="who takes part")
    made.add_argument("--threads", type=int, nargs="+", metavar="N", help="default: 1, 2, 4 … torch's own choice")
    made.add_argument("--rounds", type=int, default=9, help="turns of each (default: 9)")
    return made


def main() -> None:
    arguments = options().parse_args()

    keep_freed_memory()  # as the commands do
    where = machine()
    counts = arguments.threads or thread_counts(torch.get_num_threads())
    peak: dict[str, Speeds] = {kind: {str(n): {} for n in counts} for kind in KINDS}
    contestants = [enter(name, arguments.data, seed=0) for name in arguments.names]
    speeds: Speeds = {c.name: {str(n): [] for n in counts} for c in contestants}
    for turn in range(arguments.rounds):
        print(f"round {turn + 1} of {arguments.rounds}", flush=True)
        for kind, of_threads in peaks(counts, rounds=3).items():
            for threads, layers in of_threads.items():
                for layer, reached in layers.items():
                    peak[kind][threads].setdefault(layer, []).append(reached)
        for contestant in contestants:
            for n in counts:
                torch.set_num_threads(n)
                speeds[contestant.name][str(n)].append(speed(contestant))

    highest = {str(n): max(typical_best(of_threads[str(n)]) for of_threads in peak.values()) for n in counts}
    found = {c.name: judged(c, speeds[c.name], highest) for c in contestants}
    print()
    table(("", "images/s", "middle half", "of plain", "of the peak", "threads"), speed_rows(found))
    for short in shortfalls(found):
        print(f"missed: {short}")
    save(arguments, where, {"peak": peak, "speeds": speeds, "found": found})


def thread_counts(most: int) -> list[int]:
    """1 and its doubles, up to `most`, which is among them."""
    return sorted({most, *(2**power for power in range(most.bit_length()))})


def typical_best(layers: dict[str, list[float]]) -> float:
    """The peak: what the best layer reaches in the median of its rounds."""
    return best({layer: statistics.median(rounds) for layer, rounds in layers.items()})


def speed(contestant: Contestant) -> float:
    """Images a second in one turn; what the first step warms up is not counted."""
    contestant.step(0.0)
    steps, start = 0, time.perf_counter()
    while (taken := time.perf_counter() - start) < SECONDS or steps < 2:
        contestant.step(0.0)
        steps += 1
    return contestant.batch_size * steps / taken


def judged(contestant: Contestant, speeds: dict[str, list[float]], peak: dict[str, float]) -> dict[str, float | int]:
    """Its median at its best number of threads, the middle half of its turns, and the share of the peak there."""
    medians = {threads: statistics.median(of_each) for threads, of_each in speeds.items()}
    threads = max(medians, key=medians.__getitem__)
    low, _, high = quartiles(speeds[threads])
    found: dict[str, float | int] = {
        "threads": int(threads),
        "images a second": medians[threads],
        "lower quartile": low,
        "upper quartile": high,
    }
    if contestant.operations:
        found["share of the peak"] = medians[threads] * contestant.operations / peak[threads]
    return found


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Quartiles; of a single value, three times that."""
    return tuple(statistics.quantiles(values, method="inclusive")) if len(values) > 1 else (values[0],) * 3  # type: ignore[return-value]


def speed_rows(found: dict[str, dict[str, float | int]]) -> list[tuple[object, ...]]:
    """A row for each: images a second, the middle half, the same by the plain script's, of the peak, threads."""
    rows: list[tuple[object, ...]] = []
    for name, figures in found.items():
        plain = found.get("plain script:128" if name.endswith(":128") else "plain script")
        times = f"{figures['images a second'] / plain['images a second']:.2f}" if plain else ""
        share = figures.get("share of the peak")
        middle = f"{figures['lower quartile']:,.0f} to {figures['upper quartile']:,.0f}"
        told = f"{share:.0%}" if share else ""
        rows.append((name, f"{figures['images a second']:,.0f}", middle, times, told, figures["threads"]))
    return rows


def shortfalls(found: dict[str, dict[str, float | int]]) -> Iterator[str]:
    """What is claimed and does not hold, of what was measured."""
    ours, plain = found.get("gan-reference"), found.get("plain script")
    if ours and plain and (times := ours["images a second"] / plain["images a second"]) < TIMES:
        yield f"`gan-reference` takes {times:.2f} times the images a second of the plain script, not {TIMES:g}"
    share = found.get("gan-reference:128", {}).get("share of the peak")
    if share is not None and share < SHARE:
        yield f"at a batch of 128 `gan-reference` reaches {share:.0%} of the peak, not {SHARE:.0%}"


if __name__ == "__main__":
    main()
