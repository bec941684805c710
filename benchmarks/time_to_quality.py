"""Fréchet distance and class coverage against seconds of training: our recipes, the plain script, published GANs.

Claim: our best default recipe reaches the Fréchet distance that the plain script has after its five epochs in at most
a thirtieth of its time.

Each trains alone for its budget of seconds; at moments that each are a fifth later than the one before, the clock stops
and 10,000 samples are judged by the judging network against the test images. The rate of a recipe with a schedule, as
`digits-best`, falls to nothing by the same clock, at the end of the budget; the looks before that are at a training
whose rate is still high, so that with a smaller budget it might have got there sooner.

What the file of results holds already is not trained again, so it may be run one contestant and one seed at a time.
With `--at-once` several are trained beside each other, each by one thread; then a second is one in which a processor
worked for it, so that what else the machine does hardly matters.

    python -m benchmarks.time_to_quality --seeds 0 1 2
    python -m benchmarks.time_to_quality --at-once 2
"""

import argparse
import math
import statistics
import time
from typing import Any

import torch

from glyphspace.core.memory import keep_freed_memory

from .beside import ask_of_trainings, beside
from .common import Judge, machine, table
from .contestants import enter
from .kept import Kept, parser
from .published_gans import PUBLISHED

OURS = ("gan-fast", "digits-best", "gan-reference")
FIRST, NEXT = 2.5, 2**0.25  # seconds until the first look, and by how much later each of the others is
RARE = 0.02  # a class is covered when at least this share of the samples are of it
TIMES = 30  # as fast as the plain script, our best is to be

Look = dict[str, float]


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "time_to_quality")
    made.add_argument("--names", nargs="+", default=[*OURS, *PUBLISHED], metavar="NAME", help="who takes part")
    ask_of_trainings(made, (0, 1, 2))
    made.add_argument("--seconds", type=float, default=160.0, help="for each training (default: 160)")
    made.add_argument("--plain-epochs", type=float, default=5.0, help="for the plain script (default: 5)")
    return made


def main() -> None:
    arguments = options().parse_args()
    if arguments.at_once:
        arguments.threads = 1

    kept = Kept(arguments, "names", "seeds")
    looks: dict[str, dict[str, list[Look]]] = kept.found.get("looks", {})
    jobs = {
        (name, str(seed)): (name, seed, arguments)
        for seed in arguments.seeds
        for name in arguments.names
        if str(seed) not in looks.get(name, {})
    }
    for (name, seed), (seen, floor, where) in beside(run, jobs, arguments.at_once or 1):
        looks.setdefault(name, {})[seed] = seen
        found = {"floor": floor, "at once": arguments.at_once, "looks": looks, "times": reached(looks)}
        kept.add(f"{name}, seed {seed}", found, where)
    show(looks, reached(looks))


def run(name: str, seed: int, arguments: argparse.Namespace) -> tuple[list[Look], float, dict[str, Any]]:
    """Train until the budget is spent, looking now and then and at the end.

    Returns:
        What was seen, the floor of the distance, and the machine.
    """
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    keep_freed_memory()  # as the commands do
    clock = time.process_time if arguments.at_once else time.perf_counter
    judge, where = Judge(arguments.data, arguments.judge), machine()
    contestant = enter(name, arguments.data, seed)
    per_epoch = contestant.images // contestant.batch_size
    most_steps = int(arguments.plain_epochs * per_epoch) if name == "plain script" else None
    looks: list[Look] = []
    steps, seconds, next_look, over = 0, 0.0, FIRST, False
    while not over:
        start = clock()
        contestant.step(min(seconds / arguments.seconds, 0.999))
        seconds += clock() - start
        steps += 1
        over = steps >= most_steps if most_steps else seconds >= arguments.seconds
        if over or seconds >= next_look:
            verdict = judge(contestant.draw(arguments.count))
            covered = sum(share >= RARE for share in verdict.shares)
            looks.append({"seconds": seconds, "steps": steps, "frechet": verdict.frechet, "classes": covered})
            print(
                f"{name}, seed {seed}, {seconds:6.1f} s: Fréchet {verdict.frechet:.2f}, {covered} classes", flush=True
            )
            next_look *= NEXT
    return looks, judge.floor, where


def reached(looks: dict[str, dict[str, list[Look]]]) -> dict[str, dict[str, float]]:
    """For each seed that the plain script has ended: its distance and time, and when each other had that distance."""
    found: dict[str, dict[str, float]] = {}
    for seed, plain in looks.get("plain script", {}).items():
        goal = plain[-1]["frechet"]
        found[seed] = {"goal": goal, "plain script": plain[-1]["seconds"]}
        for name, of_seed in looks.items():
            times = [look["seconds"] for look in of_seed.get(seed, []) if look["frechet"] <= goal]
            if times and name != "plain script":
                found[seed][name] = times[0]
    return found


def ratios(name: str, looks: dict[str, dict[str, list[Look]]], times: dict[str, dict[str, float]]) -> list[float]:
    """Its time by the plain script's, for each seed that both have; one that never got there takes for ever."""
    return [of.get(name, math.inf) / of["plain script"] for seed, of in times.items() if seed in looks[name]]


def against_plain(name: str, looks: dict[str, dict[str, list[Look]]], times: dict[str, dict[str, float]]) -> str:
    """The median of its `ratios`, in words, and how many seeds it rests on."""
    each = ratios(name, looks, times)
    if not each:
        return "not measured"
    there, middle = sum(map(math.isfinite, each)), statistics.median(each)
    told = f"1/{1 / middle:.1f}" if math.isfinite(middle) else "not reached"
    of_all = f"{len(each)} seed{'s' * (len(each) > 1)}"
    return f"{told} ({of_all if there in (0, len(each)) else f'{there} of {of_all} reached it'})"


def shortfall(looks: dict[str, dict[str, list[Look]]], times: dict[str, dict[str, float]]) -> str | None:
    """What of the claim does not hold, if anything was measured of it."""
    best = {name: statistics.median(each) for name in OURS if name in looks and (each := ratios(name, looks, times))}
    if not best or min(best.values()) <= 1 / TIMES:
        return None
    told = ", ".join(f"`{name}` {against_plain(name, looks, times)}" for name in best)
    return f"1/{TIMES} of the plain script's time was aimed at: {told}"


def show(looks: dict[str, dict[str, list[Look]]], times: dict[str, dict[str, float]]) -> None:
    rows = []
    for name, of_seed in looks.items():
        last = [each[-1] for each in of_seed.values()]
        middle = [statistics.median(look[key] for look in last) for key in ("seconds", "frechet", "classes")]
        told = against_plain(name, looks, times) if name != "plain script" else ""
        rows.append((name, f"{middle[0]:.0f}", f"{middle[1]:.2f}", f"{middle[2]:.0f}", told, len(last)))
    print()
    table(("", "seconds", "Fréchet", "classes", "time to the plain script's end", "seeds"), rows)


if __name__ == "__main__":
    main()
