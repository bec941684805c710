"""What the benchmarks share: the machine they ran on, tables, results as JSON, and the judging of generated images."""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from torch import Tensor

from glyphspace import load_dataset
from glyphspace.core.files import write_json
from glyphspace.core.randomness import stream
from glyphspace.data import to_bytes
from glyphspace.latent.intervals import wilson
from glyphspace.metrics.features import extract, probabilities
from glyphspace.metrics.floor import matched
from glyphspace.metrics.frechet import Statistics, frechet_distance
from glyphspace.metrics.frechet import statistics as moments
from glyphspace.nets import Model
from glyphspace.zoo import feature_network, find_model

HERE = Path(__file__).parent


def parser(description: str, name: str) -> argparse.ArgumentParser:
    """A parser with the options that every benchmark has."""
    made = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=description.splitlines()[0])
    made.set_defaults(benchmark=name)
    made.add_argument("--data", default="mnist", help="the dataset (default: mnist)")
    made.add_argument(
        "--json", type=Path, metavar="FILE", help=f"where the figures go (default: benchmarks/results/{name}.json)"
    )
    made.add_argument("--keep", type=Path, metavar="DIR", help="keep the runs here (default: nowhere)")
    return made


@contextmanager
def workspace(keep: Path | None) -> Iterator[Path]:
    """The folder `keep`, or one that is gone afterwards."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


def machine() -> dict[str, Any]:
    """Where the figures come from, and how busy that was."""
    return {
        "processor": _processor(),
        "instructions": _instructions(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "threads": torch.get_num_threads(),
        "load before": round(os.getloadavg()[0], 2),
        "torch": torch.__version__,
        "python": platform.python_version(),
        "commit": _commit(),
        "date": time.strftime("%Y-%m-%d"),
    }


def place(where: Mapping[str, Any]) -> str:
    """What of a machine its figures of speed depend on, in words: two machines of which they are the same are one.

    Of figures that were kept before instructions were asked for, nobody knows that, and they are another machine's.
    """
    instructions = f" with {where['instructions']}" if where.get("instructions") else ""
    cores = f"{where['cores']} core{'s' * (where['cores'] != 1)}"
    return f"{where['processor']}{instructions}, {cores}, PyTorch {where['torch']}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def _instructions() -> str | None:
    """The widest of those that convolutions are fast by; the name of a processor does not always tell."""
    has = torch.cpu.get_capabilities()
    kinds = {"amx_bf16": "AMX", "avx512_bf16": "AVX-512 and bfloat16", "avx512_f": "AVX-512", "avx2": "AVX2"}
    return next((words for name, words in kinds.items() if has.get(name)), None)


def _commit() -> str | None:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True)
    return found.stdout.strip() or None


def asked(arguments: argparse.Namespace) -> dict[str, Any]:
    """The options that figures depend on; of data NAME=PATH the name, since the path means nothing elsewhere."""
    beside = ("benchmark", "json", "keep", "afresh")
    found = {name: _written(value) for name, value in vars(arguments).items() if name not in beside}
    return {**found, "data": data.partition("=")[0]} if (data := found.get("data")) else found


def _written(value: Any) -> Any:
    """An option's value as JSON has it: what is no number is a word."""
    if isinstance(value, list | tuple):
        return [_written(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def figures_file(arguments: argparse.Namespace) -> Path:
    """The file that the figures go to: the one that was named, or the benchmark's own."""
    return arguments.json or HERE / "results" / f"{arguments.benchmark}.json"


def save(arguments: argparse.Namespace, where: Mapping[str, Any], figures: Mapping[str, Any]) -> None:
    """Write what was asked, on which machine, and what was found."""
    file = figures_file(arguments)
    write_json(file, {"asked": asked(arguments), "machine": dict(where), "found": dict(figures)})
    print(f"\nfigures in {file}")


def run(module: str, *words: object) -> None:
    """Run a Python module in a process of its own, as a person would; its output is shown, its failure ends ours."""
    command = [sys.executable, "-m", module, *map(str, words)]
    code = subprocess.run(command, cwd=HERE.parent).returncode
    if code:
        sys.exit(f"{module} ended with code {code}")


def spread(values: Sequence[float], digits: int = 3) -> str:
    """Mean ± standard deviation of a sample, as text; of a single value that alone."""
    mean = f"{statistics.fmean(values):.{digits}f}"
    return f"{mean} ± {statistics.stdev(values):.{digits}f}" if len(values) > 1 else mean


def interval(right: int, asked: int) -> tuple[float, float]:
    """The 95% interval of the share `right` of `asked` (Wilson)."""
    low, high = wilson(torch.tensor(right), torch.tensor(asked)).tolist()
    return low, high


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows in columns: words to the left, figures to the right."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for place, row in enumerate(cells):
        line = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  ".join(line).rstrip())
        if place == 0:
            print("  ".join("-" * width for width in widths))


@dataclass(frozen=True)
class Verdict:
    """What the judge says of generated images: their Fréchet distance, and the share of the rarest class."""

    frechet: float
    smallest_share: float
    shares: tuple[float, ...]


class Judge:
    """The judging network of a dataset, and what it sees in the test images."""

    def __init__(self, dataset: str, network: str | None = None) -> None:
        self.model: Model = find_model(network, "classifier") if network else feature_network(dataset, "judging")
        train, test = (load_dataset(dataset, split) for split in ("train", "test"))
        self.test = self._moments(test.images)
        like = matched(test.labels, train.labels, seed=0)  # as many training images, in the same class frequencies
        self.floor = frechet_distance(self.test, self._moments(train.images[like]))

    def __call__(self, images: Tensor) -> Verdict:
        """Judge uint8 [n, 28, 28]."""
        predicted = probabilities(self.model.net, images).argmax(1)
        shares = torch.bincount(predicted, minlength=len(self.model.classes)) / len(images)
        distance = frechet_distance(self.test, self._moments(images))
        return Verdict(distance, float(shares.min()), tuple(shares.tolist()))

    def _moments(self, images: Tensor) -> Statistics:
        return moments(extract(self.model.net, images))


def draw(generator: Model, count: int, seed: int) -> Tensor:
    """Images uint8 [count, 28, 28] of latents that no training saw."""
    latents = torch.randn(count, int(generator.net.z_dim), generator=stream(seed, "benchmark"))
    with torch.inference_mode():
        return torch.cat([to_bytes(generator.net(part)) for part in latents.split(500)])
