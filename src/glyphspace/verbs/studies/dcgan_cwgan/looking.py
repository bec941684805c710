"""Section 4: what looking at samples can show, and what figures can: on real images, spoilt in ways that are known.

Who spoils real images knows the truth of each set: which faults are in every image, where eyes find them, and which
are in the set alone, where no image is wrong by itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict

import numpy as np
import torch
from jaxtyping import UInt8
from torch import Tensor
from torch.nn.functional import avg_pool2d

from ....core.files import Json
from ....core.randomness import stream
from ....data import LabelledImages, load_dataset
from ....figures.rows import Row, captioned_rows
from ....metrics.features import extract
from ....metrics.frequencies import found_by_chi_squared
from ....metrics.memorisation import memorisation, nearest_images
from ....metrics.scores import total_variation
from ....report.apart import agreed
from ....report.page import Block, Table, Text
from ....report.verdict import Basis, Part, Verdict, mean, spread
from ....report.words import listed
from ...explore import Findings
from ..frame import Bench, Chapter, Results, Step
from .quality import CLUSTERED, quality_of, reference
from .subjects import seeds

Images = UInt8[Tensor, "n 28 28"]

COUNT = 2_000  # images of each set
SHEET = 64  # images that one looks at
SHOWN = 10
FRESH, COPIES, HALF, SKEWED = "new images", "copies", "half the kinds", "uneven classes"
THINNED = 0.6  # the share that is left of every second class, where classes are uneven
SEEN = 0.02  # a difference of a share that counts


def _dot(images: Images) -> Images:
    spoilt = images.clone()
    spoilt[:, 1:3, 1:3] = 255
    return spoilt


def _grid(images: Images) -> Images:
    lattice = torch.zeros(28, 28)
    lattice[::2, ::2] = 48
    return (images.float() + lattice).clamp(max=255).byte()


def _blurred(images: Images) -> Images:
    return avg_pool2d(images.float().unsqueeze(1), 3, 1, 1).squeeze(1).round().byte()


def _frame(images: Images) -> Images:
    spoilt = images.clone()
    spoilt[:, 0] = spoilt[:, -1] = 96
    return spoilt


FAULTS: dict[str, Callable[[Images], Images]] = {
    "a dot in a corner": _dot,
    "a faint lattice": _grid,
    "blurred": _blurred,
    "edges in grey": _frame,
}


def _sets(bench: Bench) -> Findings:
    """The figures of each set beside those of new real images, from several draws."""
    train = load_dataset("mnist", "train")
    known, new = train.take(range(CLUSTERED)), train.take(range(CLUSTERED, len(train)))
    runs: dict[str, list[Json]] = {}
    first: dict[str, Images] = {}
    for seed in seeds(bench):
        bench.breathe()
        for name, images in _spoilt(known, new, seed):
            first.setdefault(name, images)
            runs.setdefault(name, []).append(_figures(images, known))
    due = reference("mnist").test_shares
    drawn = torch.tensor(np.mean([run["shares"] for run in runs[SKEWED]], axis=0))
    power = {count: found_by_chi_squared(drawn, due, count) for count in (SHEET, COUNT)}
    rows = [Row(name, images[:SHOWN].numpy()) for name, images in first.items()]
    return Findings(
        "looking", {"seeds": len(seeds(bench))}, {"runs": runs, "power": power}, {"sets": captioned_rows(rows)}
    )


def _spoilt(known: LabelledImages, new: LabelledImages, seed: int) -> Iterator[tuple[str, Images]]:
    """New images, then each set that is wrong, by name."""
    order = torch.randperm(len(new), generator=stream(seed, "study", "looking"))
    fresh = new.images[order[:COUNT]]
    yield FRESH, fresh
    yield COPIES, known.images[torch.randperm(len(known), generator=stream(seed, "study", "copies"))[:COUNT]]
    yield HALF, new.images[order[_of_half(new.images[order], seed)[:COUNT]]]
    rare = new.labels[order] % 2 == 1
    left = torch.rand(len(order), generator=stream(seed, "study", "uneven")) < THINNED
    yield SKEWED, new.images[order[~rare | left][:COUNT]]
    for name, spoil in FAULTS.items():
        yield name, spoil(fresh)


def _of_half(images: Images, seed: int) -> Tensor:
    """Where the first images lie that belong to one half of the clusters; enough of them for a set."""
    real = reference("mnist")
    some = images[: 3 * COUNT]
    chosen = torch.randperm(len(real.clusters), generator=stream(seed, "study", "half"))[: len(real.clusters) // 2]
    return torch.isin(real.clusters.of(extract(real.judge, some)), chosen).nonzero().flatten()


def _figures(images: Images, known: LabelledImages) -> Json:
    """The quality of a set, how uneven its classes are, and how many images are closer to known ones than is due."""
    test = load_dataset("mnist", "test").images[:COUNT]
    of_set, of_test = (nearest_images(some[: COUNT // 2], known.images).distances for some in (images, test))
    found = quality_of(images, "mnist")
    shares = torch.tensor(found.shares, dtype=torch.float64)
    return {
        **asdict(found),
        "variation": total_variation(shares, reference("mnist").test_shares),
        "closer": memorisation(of_set, of_test).closer_share,
    }


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["looking"]
    yield Text(
        (
            "How good an eye is cannot be measured here. But what can be seen in an image at all can be arranged: real "
            "images are spoilt as a set, so that each of them is as good as ever and nobody who looks at one can "
            "object, or one by one, in ways that anybody sees.",
        )
    )
    yield results.picture("looking", "sets", "Ten images of each set", "The first images of each set.")
    yield _table(found["runs"])
    yield judge_looking(found)


def _table(runs: dict[str, list[Json]]) -> Table:
    columns = (
        ("Fréchet distance", "distance", ".2f"),
        ("precision", "precision", ".3f"),
        ("coverage", "coverage", ".3f"),
        ("classes off", "variation", ".1%"),
        ("closer than is due", "closer", ".1%"),
    )
    rows = (
        (name, *(format(mean([run[key] for run in some]), written) for _, key, written in columns))
        for name, some in runs.items()
    )
    return Table(
        ("", *(title for title, _, _ in columns)),
        tuple(rows),
        f"Means of {len(runs[FRESH])} draws of {COUNT:,} images. Classes off: the share of images that would have to "
        "be of another class. Closer than is due: the share that is nearer to a known training image than all but 1% "
        "of test images.",
    )


def judge_looking(found: Json) -> Verdict:
    """The verdict on claim 40 from the figures of each set."""
    runs = found["runs"]

    def values(name: str, key: str) -> list[float]:
        return [run[key] for run in runs[name]]

    def beside_new(name: str, key: str) -> list[tuple[float, float]]:
        """A figure of each draw, and that of the new images of the same draw."""
        return list(zip(values(name, key), values(FRESH, key), strict=True))

    def against(name: str, key: str, written: str = ".1%") -> str:
        return f"{spread(values(name, key), written)} against {spread(values(FRESH, key), written)} of new images"

    def part(says: str, name: str, key: str, words: str, gap: float) -> Part:
        """That looking shows a fault of a set: not where images are as good as ever one by one, and a figure tells."""
        as_good = all(ours > new - SEEN for ours, new in beside_new(name, "precision"))
        one, new = (mean(values(each, "precision")) for each in (name, FRESH))
        single = f"one by one they are {'as good' if as_good else 'worse'} (precision {one:.3f}, new ones {new:.3f})"
        unseen = agreed(abs(ours - new) <= gap for ours, new in beside_new(name, key))
        return Part(says, "the best way", f"{single}; {words}", unseen if as_good else None)

    few, many = (found["power"][str(count)] for count in (SHEET, COUNT))
    hidden = max(mean(values(name, "distance")) for name in (HALF, SKEWED))
    plain = {name: values(name, "distance") for name in FAULTS}
    missed = [name for name, some in plain.items() if mean(some) < hidden]
    return Verdict(
        "40",
        "4",
        "Looking at samples is the best way to evaluate a GAN.",
        (
            part(
                "looking shows that images are copies of training images",
                COPIES,
                "closer",
                f"closer to known images than is due: {against(COPIES, 'closer')}",
                0.1,
            ),
            part(
                "… that half of the kinds never come",
                HALF,
                "coverage",
                f"coverage {against(HALF, 'coverage', '.3f')}",
                SEEN,
            ),
            Part(
                f"a sheet of {SHEET} shows that classes come unevenly ({THINNED:.0%} of every second one)",
                "the best way",
                f"counted (χ², 5%), {few:.0%} of such sheets show it, and {many:.0%} of sets of {COUNT:,}",
                few > 0.5,
            ),
            Part(
                "looking shows faults that count for less in the Fréchet distance than those that no image shows",
                "the best way",
                f"{', '.join(f'{name} {spread(some)}' for name, some in plain.items())}; sets at most {hidden:.2f}, "
                f"new images {spread(values(FRESH, 'distance'), '.2f')}",
                agreed(_is_missed(runs, draw) for draw in range(len(runs[FRESH]))),
            ),
        ),
        Basis(f"sets of {COUNT:,} real MNIST images, {len(runs[FRESH])} draws", len(runs[FRESH])),
        (f"To the distance {listed(missed)} in every image is a smaller fault than such a set. " if missed else "")
        + "Looking judges images, figures judge the set: each misses what the other finds.",
    )


def _is_missed(runs: dict[str, list[Json]], draw: int) -> bool:
    """Whether the Fréchet distance of a fault that is in every image is less than that of a set without any."""
    hidden = max(runs[name][draw]["distance"] for name in (HALF, SKEWED))
    return any(runs[name][draw]["distance"] < hidden for name in FAULTS)


STEPS = (Step("looking", _sets),)
LOOKING = Chapter("4 Looking, and measuring", "looking", ("looking",), _tell)
