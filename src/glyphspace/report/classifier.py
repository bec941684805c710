"""The page of a run that trained a classifier."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..training.history import History
from .accuracy import Accuracy, Mistakes, tell_accuracy, tell_confusion, tell_mistakes, tell_predictions
from .calibration import Calibrated, tell_calibration
from .curves import tell_classifier_curves
from .nets import Net, tell_nets
from .page import Block, Page, Text
from .parts import Absent, section
from .reading import Labelled
from .reported import Known, sections_on_document
from .run import RunFacts, tell_run
from .words import duration, title_of

NO_DISCRIMINATOR = Absent("a classifier has no discriminator")


@dataclass(frozen=True, eq=False)
class ClassifierReport:
    """All that the page tells, computed."""

    run: RunFacts
    net: Net
    history: History | Absent
    predictions: Labelled | Absent
    accuracy: Accuracy | Absent
    calibrated: Calibrated | Absent
    mistakes: Mistakes | Absent


def classifier_page(report: ClassifierReport) -> Page:
    """The page of a classifier's run, from what was trained to its surest mistakes."""
    run = report.run
    return Page(
        f"{run.recipe.name} on {title_of(run.dataset)}",
        f"A classifier of {report.net.parameters:,} parameters, trained for {duration(run.seconds)} on "
        f"{run.train:,} images.",
        (
            section("Predictions", "predictions", report.predictions, tell_predictions),
            section("What was trained", "run", run, _tell_about),
            section("The net", "net", (report.net,), tell_nets),
            section(
                "How training went",
                "training",
                report.history,
                lambda history: tell_classifier_curves(history, run.per_epoch, run.measured_on),
            ),
            *sections_on_document(Known(run, (report.net,), report.history, NO_DISCRIMINATOR)),
            section("How often it is right", "accuracy", report.accuracy, tell_accuracy),
            section("Whether it is as sure as it is right", "calibration", report.calibrated, tell_calibration),
            section("What it takes for what", "confusion", report.accuracy, tell_confusion),
            section("Its surest mistakes", "mistakes", report.mistakes, tell_mistakes),
        ),
        tuple(_headline(report)),
    )


def _tell_about(run: RunFacts) -> Iterator[Block]:
    yield Text(
        (
            f"A net was shown {run.train:,} labelled images of {title_of(run.dataset)}, a few at a time, and after "
            "each step its numbers were moved a little towards giving the right classes a higher probability.",
        )
    )
    yield from tell_run(run)


def _headline(report: ClassifierReport) -> Iterator[tuple[str, str]]:
    if not isinstance(report.accuracy, Absent):
        yield "test accuracy", f"{report.accuracy.accuracy:.4f}"
        yield f"mistakes in {int(report.accuracy.confusion.sum()):,}", f"{report.accuracy.mistakes:,}"
    yield "parameters", f"{report.net.parameters:,}"
    yield "training", duration(report.run.seconds)
    yield "images/s", report.run.speed
