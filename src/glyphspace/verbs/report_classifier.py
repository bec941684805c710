"""What is gathered for the page of a classifier's run."""

import numpy as np
import torch
from jaxtyping import Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress
from ..data import LabelledImages
from ..latent.certainty import Prediction, classify
from ..metrics.calibration import reliability
from ..nets.model import Model
from ..report.accuracy import MISTAKES, Accuracy, Mistakes
from ..report.calibration import Calibrated
from ..report.classifier import ClassifierReport, classifier_page
from ..report.nets import lay_out
from ..report.page import Page
from ..report.parts import attempt, need
from ..report.reading import SHOWN, Labelled
from ..report.run import RunFacts
from ..training.classifier import ClassifierTraining
from ..training.recipes import ClassifierRecipe
from .evaluate_classifier import evaluate_classifier
from .images import load_images
from .report_parts import checked_history, kept_model
from .train import Run


def report_classifier(run: Run, facts: RunFacts, progress: Progress) -> Page:
    """The page of a classifier's run."""
    recipe = facts.recipe
    assert isinstance(recipe, ClassifierRecipe)
    model = attempt(lambda: kept_model(run, "classifier"))
    test = attempt(lambda: load_images(recipe.data, "test", progress))
    seen = attempt(lambda: classify(need(model), need(test).images, progress))
    return classifier_page(
        ClassifierReport(
            run=facts,
            net=lay_out("classifier", recipe.classifier, len(facts.classes)),
            history=attempt(lambda: checked_history(run, ClassifierTraining.columns, ("accuracy", "loss"))),
            predictions=attempt(lambda: _labelled(need(test), need(seen), torch.arange(min(SHOWN, len(need(test)))))),
            accuracy=attempt(lambda: _accuracy(need(model), need(test), need(seen))),
            calibrated=attempt(lambda: _calibrated(need(test), need(seen))),
            mistakes=attempt(lambda: _mistakes(need(test), need(seen))),
        )
    )


def _labelled(test: LabelledImages, seen: Prediction, which: Int64[Tensor, " k"]) -> Labelled:
    return Labelled(test.images[which].numpy(), seen.labels[which].numpy(), seen.certainty[which].numpy(), test.classes)


def _accuracy(model: Model, test: LabelledImages, seen: Prediction) -> Accuracy:
    found = evaluate_classifier(model, test)
    is_right = seen.labels == test.labels
    return Accuracy(
        found.accuracy,
        found.loss,
        test.classes,
        np.array(found.confusion, dtype=np.int64),
        seen.certainty.numpy(),
        is_right.numpy(),
    )


def _calibrated(test: LabelledImages, seen: Prediction) -> Calibrated:
    is_right = seen.labels == test.labels
    plain, sure = reliability(seen.certainty, is_right), seen.calibrated_certainty
    return Calibrated(plain, seen.temperature, None if sure is None else reliability(sure, is_right))


def _mistakes(test: LabelledImages, seen: Prediction) -> Mistakes:
    wrong = (seen.labels != test.labels).nonzero().flatten()
    if not len(wrong):
        raise BadInput("it labels every test image right")
    surest = wrong[seen.certainty[wrong].argsort(descending=True)[:MISTAKES]]
    return Mistakes(_labelled(test, seen, surest), test.labels[surest].numpy())
