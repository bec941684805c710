"""How many labelled latents a second, beside the documents' one-at-a-time loop; and how much memory a million take.

Claim: with the reference generator and the reference CNN on two cores, 10,000 latents a second or more are drawn,
decoded, labelled and written to a file; that is 25 times the loop of the documents in the same run; a million of them
need less than 1 GB of memory.

The two are run in turn, several times. What bulk changes (bfloat16, folded batch norm) is counted against plain
float32, on trained nets: pixels, labels, and labels that were certain.

    python -m benchmarks.labelled_latents [--generator RUN] [--classifier RUN] [--threads 2] [--count 1000000]
"""

import argparse
import resource
import statistics
import time
from pathlib import Path

import torch

from glyphspace.core.memory import keep_freed_memory
from glyphspace.core.randomness import stream
from glyphspace.data.scaling import to_bytes
from glyphspace.latent.archive import open_archive, write_archive
from glyphspace.latent.bulk import Draw, chunks
from glyphspace.latent.decode import z_dim
from glyphspace.latent.labelled import join, label
from glyphspace.nets import Model, build
from glyphspace.zoo import find_model

from .common import machine, parser, save, spread, table, workspace

COMPARED = 20_000  # latents whose labels are compared with those of float32
TRAINED = {"generator": "digits", "classifier": "mnist-classifier"}  # what ships; a fresh net draws next to nothing
LOOPED = 500  # latents of a turn of the loop
LEAST, TIMES = 10_000, 25  # latents a second, and by those of the loop: what is claimed


def of_nets(description: str, name: str) -> argparse.ArgumentParser:
    """A parser that can be asked for the nets that draw and label."""
    made = parser(description, name)
    made.add_argument("--generator", help="a run or file (default: a fresh reference net, which is as fast)")
    made.add_argument("--classifier", help="a run or file (default: as above)")
    made.add_argument("--threads", type=int, default=2, help="default: 2")
    return made


def options() -> argparse.ArgumentParser:
    """What it can be asked."""
    made = of_nets(__doc__ or "", "labelled_latents")
    made.add_argument("--turns", type=int, default=5, help="of each (default: 5)")
    made.add_argument("--per-turn", type=int, default=50_000, help="latents in bulk (default: 50000)")
    made.add_argument("--count", type=int, default=1_000_000, help="latents of the one large file (default: a million)")
    return made


def main() -> None:
    arguments = options().parse_args()
    torch.set_num_threads(arguments.threads)
    keep_freed_memory()  # as the commands do
    where = machine()
    generator, classifier = (net(kind, getattr(arguments, kind)) for kind in ("generator", "classifier"))

    with workspace(arguments.keep) as folder:
        bulk, loop = [], []
        for turn in range(arguments.turns):
            loop.append(one_at_a_time(generator, classifier, LOOPED, turn))
            bulk.append(in_bulk(generator, classifier, arguments.per_turn, turn, folder / "turn.safetensors"))
        large = in_bulk(generator, classifier, arguments.count, 0, folder / "large.safetensors")
        found = len(open_archive(folder / "large.safetensors").select(certainty=0.95))
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # Linux counts in KiB
        size = (folder / "large.safetensors").stat().st_size
    checked = trained(arguments)
    against = differences(*checked)
    ratios = [ours / theirs for ours, theirs in zip(bulk, loop, strict=True)]
    figures = {
        "bulk, latents a second": bulk,
        "loop, latents a second": loop,
        "ratio": ratios,
        "large file, latents a second": large,
        "large file, bytes": size,
        "of these with a certainty of 0.95": found,
        "most megabytes in memory": megabytes,
        "checked on": [f"{each.architecture}, {each.dataset}" for each in checked],
        "against float32": against,
    }
    table(
        ("", "latents a second"),
        [
            ("in bulk, to a file", spread(bulk, 0)),
            ("one at a time", spread(loop, 0)),
            (f"a file of {arguments.count:,}", f"{large:,.0f}"),
        ],
    )
    print(f"ratio {spread(ratios, 1)} (median {statistics.median(ratios):.1f}); at most {megabytes:,} MB in memory")
    for name, value in against.items():
        print(f"against float32, trained: {name} {value:.4g}")
    save(arguments, where, figures)


def net(kind: str, name: str | None) -> Model:
    """The model of this name, or a fresh reference net."""
    if name is not None:
        return find_model(name, kind)
    torch.manual_seed(0)
    fresh = build(kind, "reference", {}).eval().requires_grad_(False)
    return Model(fresh, kind, "reference", {}, "mnist", tuple("0123456789"))


def trained(arguments: argparse.Namespace) -> tuple[Model, Model]:
    """The generator and the classifier that were asked for, or those that ship."""
    generator, classifier = (find_model(getattr(arguments, kind) or name, kind) for kind, name in TRAINED.items())
    return generator, classifier


def in_bulk(generator: Model, classifier: Model, count: int, seed: int, path: Path) -> float:
    """Latents a second, from the first random number to the file."""
    start = time.perf_counter()
    write_archive(path, generator, classifier, Draw(count, seed))
    return count / (time.perf_counter() - start)


@torch.no_grad()
def one_at_a_time(generator: Model, classifier: Model, count: int, seed: int) -> float:
    """Latents a second of the documents' loop: draw one, decode it, label it, keep what it gave in lists."""
    draws, latents, images, labels, certainties = stream(seed, "loop"), [], [], [], []
    start = time.perf_counter()
    for _ in range(count):
        latent = torch.randn(1, z_dim(generator), generator=draws)
        image = generator.net(latent)
        chances = classifier.net(image).softmax(dim=1)
        latents.append(latent)
        images.append(to_bytes(image))
        labels.append(int(chances.argmax()))
        certainties.append(float(chances.max()))
    return count / (time.perf_counter() - start)


def differences(generator: Model, classifier: Model) -> dict[str, float]:
    """What the quick nets change: pixels in levels of 256, labels, and labels that float32 was certain of."""
    quick = join(list(chunks(generator, classifier, Draw(COMPARED))))
    plain = label(generator, classifier, quick.latents)
    levels = (quick.images.int() - plain.images.int()).abs()
    changed = quick.labels != plain.labels
    return {
        "mean difference of a pixel, levels": float(levels.float().mean()),
        "pixels that differ by more than 4 levels": float((levels > 4).float().mean()),
        "largest difference, levels": float(levels.max()),
        "labels that differ": float(changed.float().mean()),
        "of those with a certainty of 0.95 in float32": share_of(changed[plain.certainty >= 0.95]),
        "mean difference of a certainty": float((quick.certainty - plain.certainty).abs().mean()),
        "largest certainty of a label that differs": float(plain.certainty[changed].max()) if changed.any() else 0.0,
    }


def share_of(chosen: torch.Tensor) -> float:
    """How many of these are true; 0 of none."""
    return float(chosen.float().mean()) if len(chosen) else 0.0


if __name__ == "__main__":
    main()
