"""How long the map of a plane of latents takes: 400 × 400 points, each drawn and labelled.

Claim: with the reference generator and the reference CNN on two cores, labels and certainty of 400 × 400 points of the
plane through three latents take less than 15 seconds; seen five times as wide as well. How many labels differ from
those of plain float32 is counted on a map of 100 × 100, of trained nets.

    python -m benchmarks.plane [--generator RUN] [--classifier RUN] [--threads 2]
"""

import argparse
import time

import torch

from glyphspace.core.memory import keep_freed_memory
from glyphspace.latent.decode import z_dim
from glyphspace.latent.planes import map_plane, plane_through
from glyphspace.latent.prior import normal

from .common import machine, save, spread, table
from .labelled_latents import net, of_nets, trained

LIMIT = 15.0  # seconds


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = of_nets(__doc__ or "", "plane")
    made.add_argument("--resolution", type=int, default=400, help="points on a side (default: 400)")
    made.add_argument("--turns", type=int, default=3, help="at each zoom (default: 3)")
    return made


def main() -> None:
    arguments = options().parse_args()
    torch.set_num_threads(arguments.threads)
    keep_freed_memory()  # as the commands do
    where = machine()
    nets = net("generator", arguments.generator), net("classifier", arguments.classifier)
    plane = plane_through(normal(3, z_dim(nets[0]), 0, "plane"))

    seconds: dict[str, list[float]] = {}
    for zoom in (1.0, 5.0):
        for _ in range(arguments.turns):
            start = time.perf_counter()
            map_plane(*nets, plane, arguments.resolution, zoom)
            seconds.setdefault(f"{zoom:g}", []).append(time.perf_counter() - start)
    checked = trained(arguments)
    through = plane_through(normal(3, z_dim(checked[0]), 0, "plane"))
    quick, plain = (map_plane(*checked, through, 100, 5.0, precision=precision) for precision in ("auto", "float32"))
    changed = float((quick.labels != plain.labels).float().mean())
    slowest = max(max(each) for each in seconds.values())

    points = f"{arguments.resolution} × {arguments.resolution}"
    table(("", "seconds"), [(f"{points}, zoom {zoom}", spread(each, 2)) for zoom, each in seconds.items()])
    print(f"slowest {slowest:.2f} s, {'under' if slowest < LIMIT else 'not under'} {LIMIT:g} s; "
          f"labels that differ from float32: {changed:.2%}")  # fmt: skip
    save(
        arguments,
        where,
        {
            "resolution": arguments.resolution,
            "seconds": seconds,
            "slowest": slowest,
            "labels that differ from float32": changed,
        },
    )


if __name__ == "__main__":
    main()
