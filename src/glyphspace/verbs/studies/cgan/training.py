"""Sections 1.2.2 to 1.3.1: both GANs trained, what their images are like, when they come to rest, and their scores."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Tensor

from ....core.files import Json
from ....data import load_dataset
from ....figures.curves import accuracy_curves, evaluation_curves, loss_curves
from ....figures.pairs import image_rows
from ....latent.decode import conditions, decode, z_dim
from ....latent.prior import normal
from ....nets.model import Model, load_model
from ....report.apart import above, agreed
from ....report.page import Block, Table, Text
from ....report.verdict import Basis, Part, Verdict, mean, number, spread
from ....report.words import duration
from ....training.recipes import recipes
from ...compare_gauge import DISTANCE, LABELS, GeneratorGauge
from ...explore import Findings
from ...train import Run
from ..frame import QUICK, Bench, Chapter, Results, Step
from ..words import setting
from .subjects import (
    EPOCHS,
    IMAGES,
    NAMES,
    REFERENCE,
    RESIDUAL,
    cost,
    gauge,
    moments,
    only_if_able,
    per_epoch,
    train_runs,
    trained,
)

SCORE = "classifier score"
LEVEL = 0.1  # a distance that changes by less than this share of itself has come to rest
RISEN = 1.1  # times what a score was, and it has risen: the 1.02 of table 2 stayed within a hundredth or two
INCEPTION = {  # table 2: mean and deviation after each of the first five epochs
    REFERENCE: ((1.0185, 0.0014), (1.0198, 0.0011), (1.0202, 0.0014), (1.0202, 0.0011), (1.0202, 0.0019)),
    RESIDUAL: ((1.0223, 0.0011), (1.0237, 0.0015), (1.0229, 0.0012), (1.0223, 0.0025), (1.0237, 0.0017)),
}
MINUTES = {REFERENCE: 11 + 59.7 / 60, RESIDUAL: 70 + 33 / 60}  # table 1
ROWS_OF_SAMPLES = 3


def _train(recipe: str) -> Callable[[Bench], Findings]:
    """The step that trains a recipe, looks at its curves and measures its images now and then."""

    def measure(bench: Bench) -> Findings:
        measuring = gauge(bench)
        runs = train_runs(bench, recipe)
        at = moments(bench, recipe)
        figures = [[_measured(bench, measuring, run, step) for run in runs] for step in at]
        nominal = EPOCHS[recipe] if bench.budget != QUICK else tuple(step / per_epoch(recipe) for step in at)
        found = {
            "epochs": runs[0].step / per_epoch(recipe),
            "whole": bench.budget != QUICK,
            "moments": [{"epoch": e, "figures": some} for e, some in zip(nominal, figures, strict=True)],
            "real": measuring.floor().figures,
            "seconds": [run.seconds for run in runs],
            "images a second": [run.step * IMAGES / per_epoch(recipe) / run.seconds for run in runs],
            "evaluations": [run.history.evaluations for run in runs],
        }
        return Findings(recipe, {"seeds": len(runs), "images": measuring.count}, found, _curves(runs[0], recipe))

    return measure


def _measured(bench: Bench, measuring: GeneratorGauge, run: Run, step: int) -> Json:
    bench.breathe()
    end = step == run.step
    model = run.models["generator"] if end else load_model(bench.kept(run.folder.name, step))
    return dict(measuring.measure(model).figures)


def _curves(run: Run, recipe: str) -> dict[str, Figure]:
    history = run.history
    losses = {name: history.column(f"{name}_loss") for name in ("generator", "discriminator")}
    accuracies = {name: history.column(f"{name}_accuracy") for name in ("real", "fake")}
    figures = {
        "losses": loss_curves(losses, per_epoch(recipe)),
        "accuracies": accuracy_curves(accuracies, per_epoch(recipe)),
    }
    if history.evaluations:
        measured = {
            name: np.array([one[f"{key}_accuracy"] for one in history.evaluations])
            for name, key in (("training", "train"), ("test", "test"))
        }
        epochs = np.array([one["epoch"] for one in history.evaluations])
        figures["sets"] = evaluation_curves("the discriminator's accuracy, without dropout", epochs, measured)
    return figures


def _samples(bench: Bench) -> Findings:
    """Figures 3 and 4: real images and generated ones, a column for each class."""
    train = load_dataset("mnist", "train")
    firsts = torch.stack([(train.labels == of).nonzero().flatten()[:ROWS_OF_SAMPLES] for of in range(10)])
    rows = [("real", train.images[some].numpy()) for some in firsts.unbind(1)]
    for recipe, name in ((REFERENCE, "reference"), (RESIDUAL, "the report's")):
        drawn = _of_each_class(trained(bench, recipe)[0].models["generator"])
        rows += [(name, some.numpy()) for some in drawn.unbind(0)]
    return Findings("samples", {}, {}, {"classes": image_rows(rows, train.classes)})


def _of_each_class(generator: Model) -> Tensor:
    """Images uint8 [ROWS_OF_SAMPLES, classes, 28, 28], not chosen."""
    labels = torch.arange(len(generator.classes)).repeat(ROWS_OF_SAMPLES)
    latents = normal(len(labels), z_dim(generator), 0, "samples of classes")
    return decode(generator, latents, conditions(generator, labels)).unflatten(0, (ROWS_OF_SAMPLES, -1))


def _distances(found: Json) -> list[tuple[float, list[float]]]:
    """The epochs, and the Fréchet distance of each seed there."""
    return [(float(one["epoch"]), [figures[DISTANCE] for figures in one["figures"]]) for one in found["moments"]]


def _tell_training(results: Results) -> Iterator[Block | Verdict]:
    captions = {
        "losses": "The losses of generator and discriminator.",
        "accuracies": "How often the discriminator is right, on real and on generated images of the batch.",
        "sets": "Its accuracy on images that it learned from and on test images, real and generated in equal number.",
    }
    for recipe, name in NAMES.items():
        found = results[recipe]
        yield Text((f"{name[0].upper()}{name[1:]}: {cost(found['seconds'], len(found['seconds']), found['epochs'])}.",))
        for figure, caption in captions.items():
            if figure != "sets" or any(found["evaluations"]):
                yield results.picture(recipe, figure, f"Curves of the {figure} of {name}", caption)
        yield _quality(found, name)
    yield results.picture(
        "samples",
        "classes",
        "Real images and samples of both GANs, three of each class",
        "Figures 3 and 4 of the report: real images, and the first that each GAN draws of each class.",
    )
    yield _converged(results[REFERENCE], results[RESIDUAL])


def _quality(found: Json, name: str) -> Table:
    """What the images of a run are like at its end, beside real ones."""
    rows = []
    for quantity, written in (
        (DISTANCE, ".2f"),
        ("precision", ".3f"),
        ("coverage", ".3f"),
        (SCORE, ".2f"),
        (LABELS, ".3f"),
    ):
        ours = spread([figures[quantity] for figures in found["moments"][-1]["figures"]], written)
        real = number(found["real"][quantity], written) if quantity in found["real"] else "—"
        rows.append((quantity, ours, real))
    return Table(("", name, "real training images"), tuple(rows), f"After {found['epochs']:.2g} epochs.")


def _converged(reference: Json, residual: Json) -> Verdict:
    (*_, (half, at_half), (later, nearly), (last, end)) = _distances(residual)
    rest, before = ([1 - at_end / early for at_end, early in zip(end, some, strict=True)] for some in (nearly, at_half))
    whole = residual["whole"]
    speeds = [mean(found["images a second"]) for found in (reference, residual)]
    times = [IMAGES * EPOCHS[name][-1] / speed for name, speed in zip(NAMES, speeds, strict=True)]
    said = MINUTES[RESIDUAL] / MINUTES[REFERENCE]
    return Verdict(
        "20",
        "1.2.2",
        "The report's own CGAN has converged at 30 epochs, which take 70 minutes on its GPU; 15 epochs of the "
        "reference take 12.",
        (
            Part(
                f"from epoch {later:.2g} to {last:.2g} its images hardly improve (by less than {LEVEL:.0%})",
                "by the curves",
                f"Fréchet distance {spread(nearly, '.1f')}, then {spread(end, '.1f')}",
                agreed(share < LEVEL for share in rest) if whole else None,
            ),
            Part(
                f"from epoch {half:.2g} to {last:.2g} they do",
                "30 epochs are taken",
                f"{spread(at_half, '.1f')}, then {spread(end, '.1f')}",
                agreed(share > LEVEL for share in before) if whole else None,
            ),
            Part(
                f"its 30 epochs take {said:.1f} times as long as 15 of the reference",
                "70 min 33 s and 11 min 59.7 s",
                f"{times[1] / times[0]:.1f} times: {duration(times[1])} and {duration(times[0])} on this machine"
                + ("" if whole else ", by the speed of their first steps"),
                None,
            ),
        ),
        _basis(residual, RESIDUAL),
        "How long a run takes is a matter of the machine."
        + ("" if whole else " The quick study trains too little for a word on convergence."),
    )  # fmt: skip


def _basis(found: Json, recipe: str) -> Basis:
    steps = round(found["epochs"] * per_epoch(recipe))
    return Basis(f"{NAMES[recipe]}: {setting(recipes[recipe], steps)}", len(found["seconds"]))


def _tell_scores(results: Results) -> Iterator[Block | Verdict]:
    found = {recipe: results[recipe] for recipe in NAMES}
    yield _table_2(found)
    largest = max(abs(score - scores[0][0]) for scores in INCEPTION.values() for score, _ in scores)
    widest = max(deviation for scores in INCEPTION.values() for _, deviation in scores)
    measured = _with_digits(found, results["classes"])
    told = any(part.holds is not None for part in measured)  # a figure that is cited alone decides nothing
    yield Verdict(
        "22",
        "1.3.1",
        "The inception score, whose features are of ImageNet, says nothing of generated digits: it stays at 1.02.",
        (
            Part(
                "with ImageNet's features the score does not change while the nets learn",
                "table 2",
                f"in its table by {largest:.4f} at most, within a spread of {widest:.4f} (cited: that network is not "
                "at hand here)",
                largest <= widest if told else None,
            ),
            *measured,
        ),
        _scored(found, results["classes"]),
        "The score is not to blame but its features: the same formula, with the classifier that judges here, goes "
        f"from 1 for images that are all alike to {number(found[REFERENCE]['real'][SCORE], '.2f')} for real digits.",
    )  # fmt: skip


def _scored(found: dict[str, Json], classes: Json) -> Basis:
    """Whose images have been given scores: those of whole runs, or else of the generator that is explored."""
    both = [_basis(found[recipe], recipe) for recipe in NAMES]
    if found[REFERENCE]["whole"]:
        return Basis("; ".join(basis.of for basis in both), both[0].seeds)
    return Basis(f"{classes['explored']}; {both[0].of}", both[0].seeds)


def _with_digits(found: dict[str, Json], classes: Json) -> tuple[Part, ...]:
    """Whether the score rises in whole runs; of runs that have hardly begun, whether it knows them from another."""
    if found[REFERENCE]["whole"]:
        return tuple(
            _rises(found[recipe], f"with a classifier of digits it rises by {RISEN - 1:.0%}: {name}")
            for recipe, name in NAMES.items()
        )
    early = found[REFERENCE]["moments"][0]
    trained_, begun = ([run["score"] for run in classes["runs"]], [figures[SCORE] for figures in early["figures"]])
    part = Part(
        "with a classifier of digits it knows a generator that draws digits from one that has hardly begun",
        "—",
        f"{spread(trained_, '.2f')} (the generator that is explored) against {spread(begun, '.2f')} (the reference "
        f"CGAN after {early['epoch']:.2g} epochs)",
        agreed(score > 2 * max(begun) for score in trained_),
    )
    return only_if_able(classes, (part,))


def _rises(found: Json, says: str) -> Part:
    first, *_, last = ([figures[SCORE] for figures in one["figures"]] for one in found["moments"])
    early, late = found["moments"][0]["epoch"], found["moments"][-1]["epoch"]
    words = f"{spread(first, '.2f')} after {early:.2g} and {spread(last, '.2f')} after {late:.2g} epochs"
    return Part(says, "—", words, above(last, [RISEN * score for score in first]))


def _table_2(found: dict[str, Json]) -> Table:
    """The report's inception scores beside our classifier scores, by epoch."""
    ours = {
        recipe: {one["epoch"]: [figures[SCORE] for figures in one["figures"]] for one in some["moments"]}
        for recipe, some in found.items()
    }
    theirs = {recipe: dict(enumerate(scores, 1)) for recipe, scores in INCEPTION.items()}
    rows = []
    for epoch in sorted({*theirs[REFERENCE], *(epoch for some in ours.values() for epoch in some)}):
        said = (
            "{:.4f} ± {:.4f}".format(*theirs[recipe][epoch]) if epoch in theirs[recipe] else "—" for recipe in NAMES
        )
        here = (spread(ours[recipe][epoch], ".2f") if epoch in ours[recipe] else "—" for recipe in NAMES)
        rows.append((f"{epoch:.2g}", *said, *here))
    head = ("epoch", "inception score, reference", "… its own", "classifier score here, reference", "… its own")
    return Table(head, tuple(rows), "Table 2 of the report, and the same score with a classifier of digits.")


STEPS = (Step(REFERENCE, _train(REFERENCE)), Step(RESIDUAL, _train(RESIDUAL)), Step("samples", _samples))
CHAPTERS = (
    Chapter("1.2.2, 1.2.3 Training, and the images", "training", (REFERENCE, RESIDUAL, "samples"), _tell_training),
    Chapter("1.3.1 Scores", "scores", (REFERENCE, RESIDUAL, "classes"), _tell_scores),
)
