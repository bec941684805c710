"""Section 1.2.1: how many updates the discriminator is given for each of the generator."""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.figure import Figure

from ....core.files import Json
from ....data import few_shot, load_dataset
from ....figures.curves import accuracy_curves, advantage_curve
from ....figures.many_lines import many_lines
from ....nets.model import load_model
from ....report.apart import agreed, below
from ....report.page import Block, Table, Text
from ....report.verdict import Basis, Part, Verdict, number, spread
from ....report.words import percent
from ....training.history import History
from ....training.recipes import override, recipes
from ....training.state import Splits
from ...compare_gauge import DISTANCE
from ...explore import Findings
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .subjects import RESIDUAL, SEEDS, cost, gauge, per_epoch, trained

EPOCHS, LONG = 10, 20  # of the full study; the adaptive advantage takes the longer, since the report's fell at 16
QUICK_EPOCHS = 5
QUICK_PER_CLASS, QUICK_PER_EPOCH = 32, 10  # the quick study's epochs are of 320 images
QUICK_TEST = 10  # test images of each class after each of these
BATCH = recipes[RESIDUAL].batch_size
ONE, NINE = "1 throughout", "9 throughout"
ADAPTIVE, CYCLIC = "grows while accuracy is under 0.8", "up to 9 and down in each epoch"
SCHEDULES = {
    ONE: "fixed:1",
    "8.5 throughout": "fixed:8.5",
    NINE: "fixed:9",
    ADAPTIVE: "adaptive:0.8",
    CYCLIC: "cyclic:9",
}


def _schedules(bench: Bench) -> Findings:
    """The report's own CGAN with each schedule of the advantage, for as many passes over the images."""
    measuring, quick = gauge(bench), bench.budget == QUICK
    size, epochs = bench.pick(QUICK_PER_EPOCH, per_epoch(RESIDUAL)), bench.pick(QUICK_EPOCHS, EPOCHS)
    train, test = (load_dataset("mnist", split) for split in ("train", "test"))
    data = Splits(few_shot(train, QUICK_PER_CLASS, 0), few_shot(test, QUICK_TEST, 0), "mnist") if quick else None
    found: Json = {name: [] for name in SCHEDULES}
    figures: dict[str, Figure] = {}
    curves = {}
    for number_, (name, schedule) in enumerate(SCHEDULES.items()):
        whole = not quick and name == ADAPTIVE
        steps, end = size * (LONG if whole else epochs), size * epochs
        if not quick and name == NINE:
            runs = trained(bench, RESIDUAL)  # 10 epochs are whole multiples of 50 steps, and were kept
        else:
            recipe = override(recipes[RESIDUAL], {"advantage": schedule})
            runs = [
                bench.train(recipe, f"advantage-{number_}-{seed}", keep=(end,), seed=seed, steps=steps, data=data)
                for seed in range(bench.pick(1, SEEDS))
            ]
        for run in runs:
            bench.breathe()
            model = load_model(bench.kept(run.folder.name, end))
            found[name].append({**_course(run.history, size), "distance": measuring.measure(model).figures[DISTANCE],
                                "seconds": run.seconds})  # fmt: skip
        curves[name] = np.array(found[name][0]["accuracy"][:epochs])
        if name == ADAPTIVE:
            history = runs[0].history
            accuracies = {each: history.column(f"{each}_accuracy") for each in ("real", "fake")}
            figures["adaptive"] = advantage_curve(history.column("advantage"), size)
            figures["adaptive-accuracy"] = accuracy_curves(accuracies, size)
    figures["accuracy"] = many_lines("accuracy of the discriminator", "epoch", np.arange(1, epochs + 1), curves)
    asked = {"epochs": epochs, "images": size * BATCH}
    return Findings("advantage", asked, {**asked, "whole": not quick, "runs": found}, figures)


def _course(history: History, size: int) -> Json:
    """Of each epoch the advantage and how often the discriminator was right."""
    rows = {
        name: history.column(name).reshape(-1, size).mean(1) for name in ("real_accuracy", "fake_accuracy", "advantage")
    }
    real, fake = rows["real_accuracy"], rows["fake_accuracy"]
    return {"real": real, "fake": fake, "accuracy": (real + fake) / 2, "advantage": rows["advantage"]}  # fmt: skip


def _fall(course: Json) -> Json | None:
    """Of an adaptive course the accuracy in its first epoch, in the last before the advantage fell, and after it."""
    advantage, accuracy = course["advantage"], course["accuracy"]
    falls = [epoch for epoch in range(1, len(advantage)) if advantage[epoch] < advantage[epoch - 1]]
    if not falls or falls[0] < 2:
        return None
    epoch = falls[0]
    return {"first": accuracy[0], "before": accuracy[epoch - 1], "after": accuracy[epoch], "top": advantage[epoch - 1]}


def _tell(results: Results) -> Iterator[Block | Verdict]:
    found = results["advantage"]
    runs, epochs = found["runs"], found["epochs"]
    yield Text(
        (
            f"Each schedule was followed for {epochs:.2g} epochs of {found['images']:,} images from "
            f"{_seeds(runs[ONE])}; an epoch is one pass of the discriminator over the images, so that the generator is "
            "updated the less often, the larger the advantage. "
            + (
                f"The adaptive one was followed for {LONG}."
                if found["whole"]
                else "That is enough to see the schedules at work, not to compare what they lead to."
            ),
            f"With an advantage of 1, {_cost(runs[ONE], epochs)}.",
        )
    )
    yield results.picture("advantage", "accuracy", "Accuracy of the discriminator by epoch, for each schedule")
    yield results.picture(
        "advantage", "adaptive", "The advantage over the epochs", "The advantage that follows the accuracy."
    )
    yield results.picture(
        "advantage", "adaptive-accuracy", "Accuracy on real and fake images under it", "The accuracy that it follows."
    )
    rows = tuple(
        (
            name,
            spread([one["accuracy"][epochs - 1] for one in some], ".3f"),
            spread([one["distance"] for one in some], ".1f"),
        )
        for name, some in runs.items()
    )
    yield Table(("advantage", "accuracy in that epoch", "Fréchet distance"), rows, f"After {epochs:.2g} epochs.")
    basis = Basis(setting(recipes[RESIDUAL], epochs * found["images"] // BATCH), len(runs[ONE]))
    yield _verdict(runs, found["whole"], epochs, basis)
    yield _cyclic(runs, found["whole"], basis)


def _cost(runs: Sequence[Json], epochs: int) -> str:
    return cost([run["seconds"] for run in runs], len(runs), float(epochs))


def _seeds(runs: Sequence[Json]) -> str:
    return f"{len(runs)} seeds" if len(runs) > 1 else "one seed"


def _verdict(runs: Json, whole: bool, epochs: int, basis: Basis) -> Verdict:
    distances = {name: [one["distance"] for one in some] for name, some in runs.items()}
    falls = [_fall(course) for course in runs[ADAPTIVE]]
    alone = [one["accuracy"][epochs - 1] for one in runs[ONE]]
    courses = zip(falls, runs[ADAPTIVE], strict=True)
    course = dict.fromkeys(_words_of(fall) if fall else _without_fall(one) for fall, one in courses)
    half = sum(range(1, 17)) / 16
    return Verdict(
        "19",
        "1.2.1",
        "A better GAN takes a stronger discriminator: it is harder to train than the generator, and should have 8.5 "
        "to 9 updates for each of the generator's.",
        (
            Part(
                "while the advantage grows the accuracy rises, and it drops when the advantage falls to 1",
                "slowly to epoch 16, then by 1.5",
                "; ".join(course),
                agreed(fall["before"] > max(fall["first"], fall["after"]) for fall in falls if fall)
                if whole and all(falls)
                else None,
            ),
            Part(
                "with one update each the discriminator stays under an accuracy of 0.8",
                "so it counts as harder to train",
                f"{spread(alone, '.3f')} in epoch {epochs}",
                agreed(share < 0.8 for share in alone) if whole else None,
            ),
            Part(
                "an advantage of 9 gives better images than 1 in as many passes over the data",
                "taken for 30 epochs",
                f"Fréchet distance {spread(distances[NINE], '.1f')} against {spread(distances[ONE], '.1f')}",
                below(distances[NINE], distances[ONE]) if whole else None,
            ),
        ),
        basis,
        f"The report's 8.5 is the mean of 1 to 16, {half:g}: the advantage that its discriminator had on average "
        "until its accuracy came above 0.8, not one that was tried."
        + ("" if whole else " Each schedule had too few steps here to tell any of this."),
    )  # fmt: skip


def _cyclic(runs: Json, whole: bool, basis: Basis) -> Verdict:
    ours, base = ([one["distance"] for one in runs[name]] for name in (CYCLIC, NINE))
    words = f"Fréchet distance {spread(ours, '.1f')} against {spread(base, '.1f')}"
    part = Part("better images in as many passes than with 9", "proposed", words, below(ours, base) if whole else None)
    claim = "An advantage that rises and falls in each epoch makes training converge faster."
    return Verdict("19b", "1.4", claim, (part,), basis)


def _without_fall(course: Json) -> str:
    """What an advantage did that never fell after it had grown."""
    top, epochs = max(course["advantage"]), len(course["advantage"])
    if top == 1:
        return f"it stayed at 1 for {epochs} epochs, in none of which the accuracy was under 0.8"
    return f"it grew to {number(top, '.2g')} in {epochs} epochs and did not fall"


def _words_of(fall: Json) -> str:
    return (
        f"{percent(fall['first'])} at first, {percent(fall['before'])} at an advantage of "
        f"{number(fall['top'], '.2g')}, {percent(fall['after'])} after it"
    )


STEPS = (Step("advantage", _schedules),)
CHAPTERS = (Chapter("1.2.1 The discriminator's advantage", "advantage", ("advantage",), _tell),)
