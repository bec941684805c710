"""The sections on trainings: how fast they go, how soon they are good, and how good they end."""

import math
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from glyphspace.core.files import write_bytes
from glyphspace.figures.race import race
from glyphspace.figures.save import to_png

from .. import cnn_fast as classifiers
from .. import gan_fast as minutes
from .. import reference_quality as quality
from .. import time_to_quality as races
from .. import training_step as steps
from ..common import spread
from ..published_gans import PUBLISHED
from .markdown import figure, listed, missed, slower, table

PLAIN = "plain script"
THEIRS = (*PUBLISHED, "plain script:128", "plain script, DataLoader")


def training_step(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]["found"]
    heads = ("training", "images/s", "middle half", "of the plain script", "of the peak", "threads")
    yield from table(heads, steps.speed_rows(found))
    yield ""
    yield (
        "`:128` is a batch of 128. The share of the peak counts only the arithmetic that a step cannot do without; the "
        "peak is the best of a stated set of convolutions, in float32 or in bfloat16."
    )
    ours, theirs = [name for name in found if name not in THEIRS], [name for name in found if name in THEIRS]
    pace = {name: figures["images a second"] for name, figures in found.items()}
    yield from missed(steps.shortfalls(found))
    yield from slower(pace, ours, theirs, "in images a second")


def time_to_quality(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]
    looks, times = found["looks"], found["times"]
    keys = ("seconds", "frechet", "classes")
    courses = {
        name: [np.array([[look[key] for look in each] for key in keys], dtype=float) for each in seeds.values()]
        for name, seeds in looks.items()
    }
    ours, theirs = [name for name in looks if name not in THEIRS], [name for name in looks if name in THEIRS]
    figure = Path("images") / f"{kept['name'].replace('_', '-')}.png"
    write_bytes(folder / figure, to_png(race(courses, found["floor"], ours)))
    yield f"![Fréchet distance and classes covered against seconds of training]({figure.as_posix()})"
    yield ""
    rows, ends = [], {}
    for name, seeds in looks.items():
        seconds, distance, classes = (statistics.median(each[-1][key] for each in seeds.values()) for key in keys)
        told = races.against_plain(name, looks, times) if name != PLAIN else ""
        rows.append((name, f"{seconds:.0f}", f"{distance:.2f}", f"{classes:.0f}", told, len(seeds)))
        ends[name] = distance
    heads = ("training", "seconds", "Fréchet at the end", "classes covered", "of the plain script's time¹", "seeds")
    yield from table(heads, rows)
    yield ""
    yield (
        f"¹ Until the distance that the plain script has after its {kept['asked']['plain_epochs']:g} epochs: the "
        "median over the seeds that both were trained from, where one with which the other never got there takes for "
        f"ever. A class is covered when at least {races.RARE:.0%} of the samples are of it."
    )
    if many := found["at once"]:
        yield f"Trained {many} at once, each by one thread; a second is one in which a processor worked for it."
    if unseen := [name for name in (*races.OURS, *PUBLISHED) if name not in looks]:
        yield ""
        yield f"Not measured yet: {listed(unseen)}."
    each = {name: [1.0] if name == PLAIN else races.ratios(name, looks, times) for name in looks}
    middle = {name: statistics.median(ratios) for name, ratios in each.items() if ratios}
    pace = {name: 1 / ratio for name, ratio in middle.items() if math.isfinite(ratio)}  # of the others it is not known
    short = races.shortfall(looks, times)
    yield from missed([short] if short else [])
    yield from slower(pace, ours, theirs, "to that distance")
    nearness = {name: 1 / distance for name, distance in ends.items() if name not in pace}
    yield from slower(nearness, ours, theirs, "at the end, of those that did not reach it", "Farther")


def gan_fast(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    found = kept["found"]
    ours, rows, paces = kept["asked"]["recipe"], [], {}
    for name, key in ((ours, "ours"), (PLAIN, "plain")):
        each = found[key]
        rarest = min(result["verdict"]["smallest_share"] for result in each)
        distance = spread([result["verdict"]["frechet"] for result in each], 2)
        pace = [result["images_per_second"] for result in each]
        paces[name] = statistics.fmean(pace)
        rows.append((name, distance, f"{rarest:.1%}", spread(pace, 0), len(each)))
    yield (
        f"After {kept['asked']['minutes']:g} minutes of each, trained in turn; real training images are at a distance "
        f"of {found['floor']:.2f}."
    )
    yield ""
    yield from table(("training", "Fréchet distance", "rarest class", "images/s", "seeds"), rows)
    yield ""
    yield f"The plain script is {spread(found['ratios'], 1)} times as far above real images."
    yield from missed(minutes.shortfalls(found))
    yield from slower(paces, [ours], [PLAIN], "in images a second")


def reference_quality(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    epochs, looks = kept["asked"]["epochs"], kept["asked"]["looks"]
    distances = quality.typical(kept["found"]["looks"])
    found = quality.compared(distances)
    seeds = sorted(set().union(*distances.values()), key=int)
    rows = [(name, *(figure(of_seed.get(seed)) for seed in seeds)) for name, of_seed in distances.items()]
    yield (
        f"Fréchet distance by the judging network of the same network, batch and optimiser: the geometric mean of "
        f"{looks} looks in the last of {epochs} epoch{'s' * (epochs != 1)}, since it swings from one to the next. Of "
        "each seed both begin with the same weights and are shown the same images and latents; dropout aside, a step "
        "of the one is a step of the other ([test](../tests/test_same_training.py)). From some weights such a training "
        "hardly gets going for epochs, and one such seed decides a mean, but no median: both are told."
    )
    yield ""
    yield from table(("training", *(f"seed {seed}" for seed in seeds)), rows)
    if not found:
        yield ""
        yield "Not told yet: it takes five seeds of both."
    else:
        pairs = len(set.intersection(*map(set, distances.values())))
        told = []
        for how, one in found.items():
            inside = "within" if one.least >= 0.8 and one.most <= 1.25 else "**not within**"
            told.append(f"{one.middle:.2f} ({how}), 90% from {one.least:.2f} to {one.most:.2f}, {inside} 0.8 to 1.25")
        yield ""
        yield f"Ours to the plain script's, of {pairs} seeds: {'; '.join(told)}."


def cnn_fast(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    budgets = [classifiers.budget(text) for text in kept["asked"]["budgets"]]
    found = {one: [classifiers.Result(**each) for each in kept["found"][one.name]] for one in budgets}
    yield " ".join(classifiers.CONDITIONS.split())
    yield ""
    yield from table(classifiers.HEAD, [classifiers.row(one, results) for one, results in found.items()])
    yield from missed(classifiers.shortfalls(found))


def reference_variants(kept: dict[str, Any], folder: Path) -> Iterator[str]:
    yield (
        "What “GAN and CNN to conquer MNIST” leaves open, tried. Reported: accuracies in training of 0.65 to 0.75, on "
        "fake above on real; the discriminator's loss above the generator's; an accuracy of 0.8091 on the training and "
        "0.8128 on the test set, of what images and with dropout or without is not said."
    )
    yield ""
    keys = ("discriminator_loss", "generator_loss", "real_accuracy", "fake_accuracy")
    modes = [f"{images}, {mode} mode" for mode in ("eval", "train") for images in ("test", "fake", "fake in batches")]
    rows = [
        (variant, len(epochs), *(figure(epochs[-1].get(key), 3) for key in (*keys, *modes)))
        for variant, epochs in kept["found"].items()
    ]
    heads = ("loss D", "loss G", "real, training", "fake, training")
    after = [
        f"{images}, {mode}" for mode in ("no dropout", "dropout") for images in ("real", "fake", "fake in batches")
    ]
    yield from table(("variant", "epochs", *heads, *after), rows)
