"""What the page of speed says of each benchmark: from the figures in its file, a few lines of Markdown."""

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from glyphspace.core.files import write_bytes
from glyphspace.figures.race import race
from glyphspace.figures.save import to_png

from .composing import CHARACTERS
from .inversion import Result, words
from .maps import ratio
from .published_gans import PUBLISHED
from .time_to_quality import against_plain
from .training_step import speed_rows

FIGURE = Path("images") / "time-to-quality.png"


def peak(found: dict[str, Any], folder: Path) -> Iterator[str]:
    columns = [(kind, threads) for kind, of_threads in found.items() for threads in of_threads]
    heads = [f"{kind}, {threads} thread{'s' * (threads != '1')}" for kind, threads in columns]
    layers = next(iter(found["float32"].values()))
    rows = [(layer, *(f"{found[k][t][layer] / 1e9:,.0f}" for k, t in columns)) for layer in layers]
    rows.append(("**best**", *(f"**{max(found[k][t].values()) / 1e9:,.0f}**" for k, t in columns)))
    yield "Convolutions, in 10⁹ operations a second; the best at a number of threads is what is called the peak."
    yield ""
    yield from _table(("layer", *heads), rows)


def training_step(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]
    heads = ("training", "images/s", "middle half", "of the plain script", "of the peak", "threads")
    yield from _table(heads, speed_rows(found))
    yield ""
    yield "`:128` is a batch of 128. The share of the peak counts only the arithmetic that a step cannot do without."
    if "gan-fast" in found:
        yield _compared({name: figures["images a second"] for name, figures in found.items()})


def _compared(speeds: dict[str, float]) -> str:
    theirs = [name for name in speeds if name.partition(":")[0] in THEIRS]
    faster = [name for name in theirs if speeds[name] > speeds["gan-fast"]]
    if faster:
        return f"**Slower than its counterpart:** `gan-fast` takes fewer images a second than {_and(faster)}."
    return f"None of these takes more images a second than `gan-fast`: {_and(theirs)}." if theirs else ""


def reference_quality(found: dict[str, Any], folder: Path) -> Iterator[str]:
    distances = found["distances"]
    seeds = sorted(set().union(*distances.values()), key=int)
    rows = [(name, *(_figure(of_seed.get(seed)) for seed in seeds)) for name, of_seed in distances.items()]
    yield "Fréchet distance by the judging network after two epochs of the same network, batch and optimiser."
    yield ""
    yield from _table(("training", *(f"seed {seed}" for seed in seeds)), rows)
    if "ratio" in found:
        inside = "within" if found["least"] >= 0.8 and found["most"] <= 1.25 else "**not within**"
        yield ""
        yield (
            f"Ours to the plain script's: {found['ratio']:.2f}, 90% from {found['least']:.2f} to {found['most']:.2f}, "
            f"{inside} 0.8 to 1.25."
        )


def time_to_quality(found: dict[str, Any], folder: Path) -> Iterator[str]:
    courses = {
        name: [np.array([[look[key] for look in looks] for key in ("seconds", "frechet")]) for looks in seeds.values()]
        for name, seeds in found["looks"].items()
    }
    ours = [name for name in courses if name not in THEIRS]
    write_bytes(folder / FIGURE, to_png(race(courses, found["floor"], ours)))
    yield f"![Fréchet distance against seconds of training]({FIGURE.as_posix()})"
    yield ""
    rows = []
    for name, seeds in found["looks"].items():
        last = [looks[-1] for looks in seeds.values()]
        seconds, distance, classes = (
            statistics.median(e[key] for e in last) for key in ("seconds", "frechet", "classes")
        )
        told = against_plain(name, found["looks"], found["times"]) if name != "plain script" else ""
        rows.append((name, f"{seconds:.0f}", f"{distance:.2f}", f"{classes:.0f}", told, len(last)))
    heads = ("training", "seconds", "Fréchet at the end", "classes covered", "of the plain script's time¹", "seeds")
    yield from _table(heads, rows)
    yield ""
    yield (
        "¹ Until the distance that the plain script has after its five epochs: the median over its seeds, where one "
        "with which the other never got there takes for ever."
    )
    if found["at once"]:
        many = found["at once"]
        yield (
            f"Trained {many} at once (`--at-once {many}`), each by one thread; a second is one in which a processor "
            "worked for it."
        )


def waiting(found: dict[str, list[float]], folder: Path) -> Iterator[str]:
    rows = [(what, f"{statistics.median(times):.2f}", f"{max(times):.2f}") for what, times in found.items()]
    yield from _table(("wait", "seconds (median)", "at most"), rows)


def reference_variants(found: dict[str, Any], folder: Path) -> Iterator[str]:
    yield (
        "What “GAN and CNN to conquer MNIST” leaves open, tried. Reported: accuracies in training of 0.65 to 0.75, on "
        "fake above on real; the discriminator's loss above the generator's; an accuracy of 0.8091 on the training and "
        "0.8128 on the test set, of what images and with dropout or without is not said."
    )
    yield ""
    keys = ("discriminator_loss", "generator_loss", "real_accuracy", "fake_accuracy")
    modes = [f"{images}, {mode} mode" for mode in ("eval", "train") for images in ("test", "fake", "fake in batches")]
    rows = [
        (variant, len(epochs), *(_figure(epochs[-1].get(key), 3) for key in (*keys, *modes)))
        for variant, epochs in found.items()
    ]
    heads = ("loss D", "loss G", "real, training", "fake, training")
    after = [
        f"{images}, {mode}" for mode in ("no dropout", "dropout") for images in ("real", "fake", "fake in batches")
    ]
    yield from _table(("variant", "epochs", *heads, *after), rows)


def cnn_fast(found: dict[str, Any], folder: Path) -> Iterator[str]:
    rows = []
    for budget, results in found.items():
        accuracy, seconds = ([each[key] for each in results] for key in ("accuracy", "seconds"))
        deviation = statistics.stdev(accuracy) if len(accuracy) > 1 else math.nan
        told = f"{statistics.fmean(accuracy):.5f} ± {deviation:.5f}"
        rows.append((budget, told, f"{min(accuracy):.4f}", f"{statistics.fmean(seconds):.1f}", len(results)))
    yield from _table(("recipe and epochs", "test accuracy", "least", "seconds of training", "seeds"), rows)


def composing(found: dict[str, list[list[float]]], folder: Path) -> Iterator[str]:
    rows = []
    for characters, texts in found.items():
        both = [sum(pair) for pair in texts]
        parts = [statistics.median(part) for part in zip(*texts, strict=True)]
        rows.append((characters, *(f"{each:.2f}" for each in (*parts, statistics.median(both), max(both)))))
    yield f"{CHARACTERS:,} characters, in seconds: medians of {len(next(iter(found.values())))} texts."
    yield ""
    yield from _table(("characters", "composing", "drawing", "together", "at most"), rows)


def labelled_latents(found: dict[str, Any], folder: Path) -> Iterator[str]:
    bulk, loop, ratio = (
        statistics.median(found[each]) for each in ("bulk, latents a second", "loop, latents a second", "ratio")
    )
    large, megabytes = found["large file, latents a second"], found["most megabytes in memory"]
    rows = [
        ("in bulk, to a file", f"{bulk:,.0f}"),
        ("one at a time, as the documents do it", f"{loop:,.0f}"),
        (f"in bulk, to one large file, in {megabytes:,} MB of memory", f"{large:,.0f}"),
    ]
    yield from _table(("latents drawn, decoded and labelled", "a second"), rows)
    yield ""
    yield f"In bulk {ratio:.1f} times as many{'' if ratio >= 25 else ', **fewer than the 25 aimed at**'}."


def plane(found: dict[str, Any], folder: Path) -> Iterator[str]:
    points = f"{found['resolution']} × {found['resolution']} points"
    rows = [
        (f"zoom {zoom}", f"{statistics.median(times):.2f}", f"{max(times):.2f}")
        for zoom, times in found["seconds"].items()
    ]
    yield from _table((f"{points}, labels and certainty", "seconds (median)", "at most"), rows)


def maps(found: dict[str, Any], folder: Path) -> Iterator[str]:
    rows = [
        (
            f"{one['space']}, {one['method']}",
            one["threads"],
            f"{one['seconds']:.1f}",
            f"{one['trustworthiness']:.4f}",
            ratio(one, found["maps"]),
        )
        for one in found["maps"]
    ]
    yield from _table((f"map of {found['points']:,}", "threads", "seconds", "trustworthiness", "× scikit-learn"), rows)


def inversion(found: dict[str, Any], folder: Path) -> Iterator[str]:
    rows = [
        (words(one), f"{one.error:.4f}", f"{one.label_kept:.1%}", f"{one.inside:.1%}", f"{one.images_a_second:,.1f}")
        for one in (Result(**each) for each in found["methods"])
    ]
    yield from _table(
        (f"{found['images']:,} test images", "mean squared error", "label kept", "in the shell", "images/s"), rows
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def _figure(value: float | None, digits: int = 2) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


THEIRS = (*PUBLISHED, "plain script, DataLoader")
SECTIONS: dict[str, tuple[str, Callable[[Any, Path], Iterator[str]]]] = {
    "training_step": ("Images a second", training_step),
    "time_to_quality": ("Time to quality", time_to_quality),
    "reference_quality": ("The same network, trained as well", reference_quality),
    "cnn_fast": ("The classifier", cnn_fast),
    "labelled_latents": ("Labelled latents", labelled_latents),
    "plane": ("Planes", plane),
    "maps": ("Maps", maps),
    "inversion": ("From images to latents", inversion),
    "composing": ("Messages", composing),
    "waiting": ("Everything else one waits for", waiting),
    "peak": ("What the machine can do", peak),
    "reference_variants": ("The reference GAN: what the documents leave open", reference_variants),
}
