"""What a classifier says of images: a label, and how certain it is of it.

Certainty is the softmax as it comes, to which the thresholds of the documents belong; what a temperature makes of it
stands beside it, under its own name.
"""

from dataclasses import dataclass

from jaxtyping import Float32, Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..metrics.calibration import tempered
from ..metrics.features import probabilities
from ..nets.model import Model
from ..nets.use import channels_last


@dataclass(frozen=True, eq=False)
class Prediction:
    """Class probabilities float32 [n, classes], the classifier's temperature if it has one, and what follows."""

    probabilities: Float32[Tensor, "n classes"]
    temperature: float | None = None

    @property
    def labels(self) -> Int64[Tensor, " n"]:
        """The most probable class of each image."""
        return self.probabilities.argmax(dim=1)

    @property
    def certainty(self) -> Float32[Tensor, " n"]:
        """The probability of that class: the certainty of "GAN and CNN to conquer MNIST"."""
        return self.probabilities.amax(dim=1)

    @property
    def calibrated_certainty(self) -> Float32[Tensor, " n"] | None:
        """The share of such labels that are right, as the calibrated classifier sees it; None without calibration."""
        return None if self.temperature is None else tempered(self.probabilities, self.temperature).amax(dim=1)

    @property
    def margin(self) -> Float32[Tensor, " n"]:
        """By how much that class is more probable than the next one."""
        if self.probabilities.shape[1] == 1:
            return self.certainty
        first, second = self.probabilities.topk(2, dim=1).values.unbind(dim=1)
        return first - second


def predict(logits: Float32[Tensor, "n classes"]) -> Prediction:
    """What these logits say: their softmax is the probabilities."""
    return Prediction(logits.softmax(dim=1))


def classify(classifier: Model, images: UInt8[Tensor, "n *stack 28 28"], progress: Progress = silent) -> Prediction:
    """What `classifier` says of `images`, n ≥ 1.

    Raises:
        BadInput: the model is no classifier, there are no images, or it says something that is not finite.
    """
    if classifier.kind != "classifier":
        raise BadInput(f"images are labelled by a classifier; this model is a {classifier.kind}")
    seen = probabilities(channels_last(classifier.net), images, progress=progress)
    return Prediction(seen, classifier.temperature)
