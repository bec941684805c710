"""Memory and time of the neighbour metrics on two sets of 50,000 features, and what float32 would cost in accuracy.

Claim: precision, recall, density and coverage of 50,000 against 50,000 features of width 128, with all 2.5 billion
distances of each of three searches in float64, keep the process below 1 GB of resident memory.

    python -m benchmarks.metrics_memory
"""

import resource
import time
from collections.abc import Callable

import torch
from torch import Tensor

from glyphspace.core.randomness import stream
from glyphspace.metrics.kernel import squared_mmd
from glyphspace.metrics.manifold import compare_manifolds
from glyphspace.metrics.neighbours import squared_distances

from .common import machine, parser, save, table


def features(name: str, rows: int, width: int) -> Tensor:
    """Features of the kind that a network with ReLU gives: not negative, in clusters, far from the origin."""
    draws = stream(0, "features", name)
    centres = 4 * torch.rand(10, width, generator=stream(0, "centres"))
    chosen = torch.randint(0, 10, (rows,), generator=draws)
    return (centres[chosen] + torch.randn(rows, width, generator=draws)).relu()


def resident_megabytes() -> int:
    """The most that this process has held in memory so far (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def seconds(function: Callable[..., object], *arguments: Tensor) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    function(*arguments)
    return round(time.perf_counter() - start, 2)


def float32_error(points: Tensor, origin: Tensor, noise: float) -> float:
    """The largest relative error that float32 makes in the distance of points to near copies of themselves."""
    points = points - origin
    copies = points + noise * torch.randn(points.shape, generator=stream(0, "noise"))
    found, exact = (nearest_distances(points.to(dtype), copies.to(dtype)) for dtype in (torch.float32, torch.float64))
    return float(((found - exact).abs() / exact).max())


def nearest_distances(points: Tensor, others: Tensor) -> Tensor:
    """Distance of each point to the nearest of `others`, straight from the matrix product."""
    return torch.cat([squared.amin(dim=1) for _, squared in squared_distances(points, others)]).sqrt()


def main() -> None:
    options = parser(__doc__ or "", "metrics_memory")
    options.add_argument("--rows", type=int, default=50_000, help="features in each set (default: 50000)")
    options.add_argument("--width", type=int, default=128, help="of a feature (default: 128)")
    options.add_argument("--threads", type=int, default=1, metavar="N", help="CPU threads (default: 1)")
    arguments = options.parse_args()
    torch.set_num_threads(arguments.threads)

    where = machine()
    real, fake = (features(name, arguments.rows, arguments.width) for name in ("real", "fake"))
    few, origin, mean = real[:2000], torch.zeros(()), real.mean(dim=0)
    figures = {
        "megabytes before": resident_megabytes(),
        "neighbours: seconds": seconds(compare_manifolds, real, fake),
        "neighbours: megabytes in all": resident_megabytes(),
        "kernel: seconds": seconds(squared_mmd, real, fake),
        "kernel: megabytes in all": resident_megabytes(),
        "float32: error at usual distances": float32_error(few, origin, noise=0.5),
        "float32: error at near copies": float32_error(few, origin, noise=0.001),
        "float32: error at near copies, centred": float32_error(few, mean, noise=0.001),
    }
    table(("", ""), [(name, f"{value:.3g}" if value < 1 else f"{value:,g}") for name, value in figures.items()])
    save(arguments, where, figures)


if __name__ == "__main__":
    main()
