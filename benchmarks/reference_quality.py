"""Whether `gan-reference`, trained our way, is as good after as many epochs as when the plain script trains it.

Claim: after eight epochs of each, the 90% interval of the ratio of the Fréchet distances over five seeds lies within
0.8 to 1.25. (By the judging network, 10,000 samples against the test images.)

Of each seed both begin with the same weights and are shown the same batches and latents; each computes in its own way,
with dropout masks of its own, from which alone they come to differ as other seeds do. A distance also swings from
a hundred steps to the next, so each is looked at several times while its last epoch goes by, evenly, and at its end;
its distance is the geometric mean of what was seen.

From some weights such a training hardly gets going: its discriminator wins, and when it recovers, if it does, is
chance. After five epochs that is so of some (benchmarks/results/reference_quality_after_5_epochs.json), and one such
seed decides a mean. So beside the mean logarithm, with Student's interval, the median over seeds is told, with the
interval of order statistics, which supposes no law: from five seeds on there is one of 90%, and from eight on it leaves
the farthest seed out on either side.

What the file of results holds already is not trained again, so it may be run one seed at a time; with `--at-once`
several are trained beside each other, each by one thread.

    python -m benchmarks.reference_quality --at-once 2
"""

import argparse
import math
import statistics
from typing import Any, NamedTuple

import torch
from scipy.stats import binom
from scipy.stats import t as student

from glyphspace.core.memory import keep_freed_memory

from .beside import ask_of_trainings, beside
from .common import Judge, machine, table
from .contestants import Contestant, Ours, enter
from .kept import Kept, parser
from .paired import plain_beside

NAMES = ("gan-reference", "plain script")
LEVEL = 0.9  # of the intervals


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "reference_quality")
    made.add_argument("--epochs", type=int, default=8, help="of each (default: 8)")
    ask_of_trainings(made, tuple(range(5)))
    made.add_argument("--names", nargs="+", choices=NAMES, default=[*NAMES], help="which to train (default: both)")
    made.add_argument("--looks", type=int, default=16, help="at each, in its last epoch (default: 16)")
    return made


def main() -> None:
    arguments = options().parse_args()
    if arguments.at_once:
        arguments.threads = 1

    kept = Kept(arguments, "names", "seeds", "threads", "at_once")
    looks: dict[str, dict[str, list[float]]] = kept.found.get("looks", {name: {} for name in NAMES})
    jobs = {
        (name, str(seed)): (name, seed, arguments)
        for name in reversed(NAMES)  # what takes longer first
        for seed in arguments.seeds
        if name in arguments.names and str(seed) not in looks[name]
    }
    for (name, seed), (seen, where) in beside(run, jobs, arguments.at_once or 1):
        looks[name][seed] = seen
        kept.add(
            f"{name}, seed {seed}",
            {"looks": looks, "ratio": {how: one._asdict() for how, one in compared(typical(looks)).items()}},
            where,
        )
    show(typical(looks))


def run(name: str, seed: int, arguments: argparse.Namespace) -> tuple[list[float], dict[str, Any]]:
    """Train for the epochs asked for; the Fréchet distances in the last of them, and the machine."""
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    keep_freed_memory()  # as the commands do
    judge, where = Judge(arguments.data, arguments.judge), machine()
    contestant = pair(arguments.data, seed)[name]
    steps = contestant.images // contestant.batch_size
    for _ in range((arguments.epochs - 1) * steps):
        contestant.step(0.0)
    seen = []
    moments = {steps * look // arguments.looks for look in range(1, arguments.looks + 1)}
    for step in range(1, steps + 1):
        contestant.step(0.0)
        if step in moments:
            seen.append(judge(contestant.draw(arguments.count)).frechet)
            print(f"{name}, seed {seed}, {step:,} of {steps:,} steps: {seen[-1]:.2f}", flush=True)
    return seen, where


def pair(data: str, seed: int) -> dict[str, Contestant]:
    """Both, about to take the same steps, by name; only one of them may take its steps."""
    ours = enter(NAMES[0], data, seed)
    assert isinstance(ours, Ours)
    return dict(zip(NAMES, (ours, plain_beside(ours.training)), strict=True))


def typical(looks: dict[str, dict[str, list[float]]]) -> dict[str, dict[str, float]]:
    """The distance of each training: the geometric mean of what was seen of it."""
    return {
        name: {seed: statistics.geometric_mean(seen) for seed, seen in of_seed.items()}
        for name, of_seed in looks.items()
    }


class Ratio(NamedTuple):
    """Ours divided by the plain script's, and the ends of its interval."""

    middle: float
    least: float
    most: float


def compared(distances: dict[str, dict[str, float]]) -> dict[str, Ratio]:
    """The ratio of the two's typical distances, by how it is told; nothing where the pairs are too few for both."""
    ours, plain = (distances[name] for name in NAMES)
    ratios = sorted(math.log(ours[seed] / plain[seed]) for seed in ours if seed in plain)
    outside = left_out(len(ratios))
    if outside is None:
        return {}
    mean, reach = students(ratios)
    told = {
        "the mean logarithm, by Student's interval": (mean, mean - reach, mean + reach),
        "the median, by order statistics": (statistics.median(ratios), ratios[outside], ratios[-1 - outside]),
    }
    return {how: Ratio(*map(math.exp, values)) for how, values in told.items()}


def left_out(count: int) -> int | None:
    """How many of so many figures may be left out at either end, so that the rest hold the median in 90% of cases.

    None if even all of them do not: each end lies beyond the median as often as `count` coins show one side.
    """
    fit = [number for number in range(count // 2) if 2 * binom.cdf(number, count, 0.5) <= 1 - LEVEL]
    return max(fit, default=None)


def students(logarithms: list[float]) -> tuple[float, float]:
    """Their mean, and how far Student's interval reaches to either side."""
    error = statistics.stdev(logarithms) / math.sqrt(len(logarithms))
    return statistics.fmean(logarithms), float(student.ppf((1 + LEVEL) / 2, len(logarithms) - 1)) * error


def show(distances: dict[str, dict[str, float]]) -> None:
    seeds = sorted(set().union(*distances.values()), key=int)
    rows = [(name, *(f"{of_seed.get(seed, math.nan):.2f}" for seed in seeds)) for name, of_seed in distances.items()]
    print()
    table(("Fréchet distance", *(f"seed {seed}" for seed in seeds)), rows)
    for how, found in compared(distances).items():
        print(f"ours to the plain script's, {how}: {found.middle:.3f}, 90% from {found.least:.3f} to {found.most:.3f}")


if __name__ == "__main__":
    main()
