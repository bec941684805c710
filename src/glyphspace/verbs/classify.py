"""classify: what character a picture shows, and how certain that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import BadInput
from ..metrics.features import probabilities
from ..nets.model import Model
from ..zoo import find_model
from .pictures import glyphs


@dataclass(frozen=True)
class Guess:
    """What a classifier makes of one picture: the class, its probability, and the next best class with its own."""

    label: str
    certainty: float
    runner_up: str
    runner_up_certainty: float


def classify(images: Sequence[str | Path], *, model: str | Path | Model = "mnist-classifier") -> list[Guess]:
    """Label image files of any size and either polarity; each is centred and scaled as MNIST is.

    Raises:
        BadInput: there are no files, one is no picture, or the model is no classifier, or one of a single class.
    """
    found = find_model(model, "classifier")
    if len(found.classes) < 2:
        raise BadInput(f"this classifier knows one class, {found.classes[0]!r}, so all is that to it")
    best = probabilities(found.net, glyphs(images)).topk(2)
    return [
        Guess(found.classes[first], sure, found.classes[second], next_best)
        for (first, second), (sure, next_best) in zip(best.indices.tolist(), best.values.tolist(), strict=True)
    ]
