"""How long maps of images and of latents take, against scikit-learn's t-SNE, and how trustworthy each is.

Claim: maps of 10,000 images and of 10,000 latents are at least as trustworthy as scikit-learn's, and made in a
third of the time or less.

Both are given the same first 50 principal components and the same number of threads; both start along principal
components, with perplexity 30. Each is timed once in a process of its own, with imports outside the clock.
Trustworthiness is of 12 neighbours, against the points as they were. Also timed: exaggeration that is dropped at once
in place of ours that abates; a grid of one unit and the tree of Barnes and Hut in place of our grid of one and a half.

    python -m benchmarks.maps --count 10000 --threads 1 2
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import torch

from glyphspace import load_dataset
from glyphspace.core.progress import silent
from glyphspace.latent import tsne
from glyphspace.latent.map_quality import purity, trustworthiness
from glyphspace.latent.maps import COMPONENTS, first_positions
from glyphspace.latent.principal import principal_axes
from glyphspace.latent.prior import normal

from .common import machine, parser, save, table

Z_DIM = 64
USUAL = "dropped at once"
METHODS = ("ours", USUAL, "fine grid", "tree", "scikit-learn")
AT_ONCE = ((250, 12.0, 0.5), (500, 1.0, 0.8))  # stages, as t-SNE is usually laid out
TIMES = 3  # as fast as scikit-learn: what is claimed


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = parser(__doc__ or "", "maps")
    made.add_argument("--count", type=int, default=10_000, metavar="N", help="points (default: 10000)")
    made.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="default: 1 and 2")
    made.add_argument("--methods", nargs="+", default=list(METHODS), choices=METHODS, help="default: all")
    made.add_argument("--one", nargs=3, metavar=("SPACE", "METHOD", "THREADS"), help=argparse.SUPPRESS)
    return made


def main() -> None:
    arguments = options().parse_args()
    if arguments.one:
        space, method, threads = arguments.one
        print(json.dumps(measure(space, method, int(threads), arguments.count, arguments.data)))
        return

    where, found = machine(), []
    for space in ("images", "latents"):
        for threads in arguments.threads:
            for method in arguments.methods:
                found.append(in_process(space, method, threads, arguments))
                print(f"{space}, {method}, {threads} threads: {found[-1]['seconds']:.1f} s", flush=True)
    print()
    rows = [
        (f"{one['space']}, {one['method']}", one["threads"], f"{one['seconds']:.1f}", f"{one['processor']:.1f}",
         f"{one['trustworthiness']:.4f}", f"{one['purity']:.3f}", ratio(one, found))
        for one in found
    ]  # fmt: skip
    table(("map", "threads", "s", "s of CPU", "trustworthiness", "purity", "× scikit-learn"), rows)
    save(arguments, where, {"points": arguments.count, "maps": found})


def in_process(space: str, method: str, threads: int, arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure one map in a process that is told how many threads there are before it begins."""
    count = ("--count", str(arguments.count), "--data", arguments.data)
    words = (sys.executable, "-m", "benchmarks.maps", *count, "--one", space, method, str(threads))
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def measure(space: str, method: str, threads: int, count: int, data: str) -> dict[str, Any]:
    """One map: its seconds and what it is worth."""
    torch.set_num_threads(threads)
    points, labels = points_of(space, count, data)
    began, busy = time.perf_counter(), time.process_time()
    positions = (by_scikit_learn if method == "scikit-learn" else by_us)(points, method)
    seconds, processor = time.perf_counter() - began, time.process_time() - busy
    return {
        "space": space,
        "method": method,
        "threads": threads,
        "seconds": seconds,
        "processor": processor,
        "trustworthiness": trustworthiness(points, positions),
        "purity": purity(positions, labels).share if labels is not None else float("nan"),
    }


def points_of(space: str, count: int, data: str) -> tuple[torch.Tensor, torch.Tensor | None]:
    """Test images as pixels from 0 to 1, with their labels; or latents of the normal prior, which have none."""
    if space == "latents":
        return normal(count, Z_DIM, 0, "benchmark"), None
    images = load_dataset(data, "test")
    return images.images[:count].flatten(1).float() / 255, images.labels[:count]


def by_us(points: torch.Tensor, method: str) -> torch.Tensor:
    """`latent.maps.tsne`, or the same with other stages or another way to sum up the repulsion."""
    if method == USUAL:
        tsne.STAGES = AT_ONCE
    elif method == "fine grid":
        tsne.CELL = 1
    elif method == "tree":
        tsne.MANY = sys.maxsize
    reduced = principal_axes(points, COMPONENTS)(points)
    return tsne.positions(tsne.fit(reduced, first_positions(reduced, 0, "pca"), silent))


def by_scikit_learn(points: torch.Tensor, method: str) -> torch.Tensor:
    """scikit-learn's TSNE with its own settings, on the same components."""
    from sklearn.manifold import TSNE

    reduced = principal_axes(points, COMPONENTS)(points)
    return torch.from_numpy(TSNE(random_state=0, n_jobs=torch.get_num_threads()).fit_transform(reduced.numpy()))


def ratio(one: dict[str, Any], found: list[dict[str, Any]]) -> str:
    """How many times as long scikit-learn took on as many threads."""
    theirs = [
        other["seconds"]
        for other in found
        if (other["space"], other["threads"], other["method"]) == (one["space"], one["threads"], "scikit-learn")
    ]
    return f"{theirs[0] / one['seconds']:.2f}" if theirs else "—"


def shortfalls(found: list[dict[str, Any]]) -> Iterator[str]:
    """What is claimed and does not hold, of what was measured."""
    by_what = {(one["space"], one["threads"], one["method"]): one for one in found}
    for (space, threads, method), theirs in by_what.items():
        ours = by_what.get((space, threads, "ours"))
        if method != "scikit-learn" or ours is None:
            continue
        if (times := theirs["seconds"] / ours["seconds"]) < TIMES:
            yield f"the map of {space} on {threads} threads is made {times:.2f} times as fast, not {TIMES}"
        if ours["trustworthiness"] < theirs["trustworthiness"]:
            yield f"that of {space} on {threads} threads is less trustworthy than scikit-learn's"


if __name__ == "__main__":
    main()
