"""What evaluate measures of a classifier: how often it is right, and whether it is as sure as that."""

from dataclasses import dataclass

import torch

from ..core.errors import BadInput
from ..data import LabelledImages
from ..latent.certainty import classify
from ..metrics.calibration import ChanceError, reliability
from ..nets.model import Model


@dataclass(frozen=True)
class ClassifierEvaluation:
    """A classifier's figures on the test split.

    Attributes:
        accuracy: share of test images that it labels right.
        loss: mean cross-entropy, in nats.
        by_class: accuracy on each class; None of one without images.
        confusion: counts, [true class][label given].
        calibration_error: how far its certainty, as it comes, is from the share that is right, on average.
        calibration_chance: what that would be by chance, were the same certainty perfectly calibrated.
        temperature: what its logits are divided by for the calibrated certainty; None when it was not calibrated.
        calibrated_error, calibrated_chance: the same two of the calibrated certainty; None when it was not calibrated.
    """

    dataset: str
    count: int
    accuracy: float
    loss: float
    by_class: tuple[float | None, ...]
    confusion: tuple[tuple[int, ...], ...]
    calibration_error: float
    calibration_chance: ChanceError
    temperature: float | None
    calibrated_error: float | None
    calibrated_chance: ChanceError | None


def evaluate_classifier(model: Model, test: LabelledImages) -> ClassifierEvaluation:
    """Measure `model` on these images.

    Raises:
        BadInput: they have other classes than those it was trained for.
    """
    if test.classes != model.classes:
        raise BadInput(f"{test.name} has other classes than the classifier was trained for")
    seen = classify(model, test.images)
    is_right = seen.labels == test.labels
    confusion = torch.zeros(len(test.classes), len(test.classes), dtype=torch.int64)
    confusion.index_put_((test.labels, seen.labels), torch.ones_like(test.labels), accumulate=True)
    chance_of_truth = seen.probabilities.gather(1, test.labels[:, None]).squeeze(1)
    counts = confusion.sum(1)
    by_class = [float(right / of) if of else None for right, of in zip(confusion.diagonal(), counts, strict=True)]
    plain = reliability(seen.certainty, is_right)
    calibrated = None if seen.calibrated_certainty is None else reliability(seen.calibrated_certainty, is_right)
    return ClassifierEvaluation(
        dataset=test.name.removesuffix("/test"),
        count=len(test),
        accuracy=float(is_right.double().mean()),
        loss=float(-chance_of_truth.clamp(min=1e-30).log().mean()),
        by_class=tuple(by_class),
        confusion=tuple(tuple(row) for row in confusion.tolist()),
        calibration_error=plain.error,
        calibration_chance=plain.chance,
        temperature=model.temperature,
        calibrated_error=None if calibrated is None else calibrated.error,
        calibrated_chance=None if calibrated is None else calibrated.chance,
    )
