"""Is a classifier right as often as it says? And the temperature that makes it so."""

from dataclasses import dataclass

import torch
from jaxtyping import Bool, Float, Float64, Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import stream

BINS = 15
DRAWS = 200  # simulated sets of labels, for what chance alone gives
LEAST, MOST = 0.05, 20.0  # temperatures; one beyond means logits that no temperature helps


@dataclass(frozen=True)
class ChanceError:
    """The expected calibration error of perfectly calibrated certainties, by simulation: its mean and deviation."""

    mean: float
    deviation: float

    def __str__(self) -> str:
        return f"{self.mean:.4f} ± {self.deviation:.4f}"


@dataclass(frozen=True, eq=False)
class Reliability:
    """Images in bins of equal width by certainty, from 0 to 1.

    Attributes:
        counts: images in each bin.
        certainty: their mean certainty, NaN where there are none.
        accuracy: the share of them that is labelled right, NaN where there are none.
        chance: the error that would come of these certainties if they were perfectly calibrated.
    """

    counts: Int64[Tensor, " bins"]
    certainty: Float64[Tensor, " bins"]
    accuracy: Float64[Tensor, " bins"]
    chance: ChanceError

    @property
    def error(self) -> float:
        """Expected calibration error: how far certainty is from accuracy, averaged over images (Guo et al. 2017)."""
        return _error(self.counts, self.certainty, self.accuracy)


def reliability(certainty: Float[Tensor, " n"], is_right: Bool[Tensor, " n"], bins: int = BINS) -> Reliability:
    """How often labels are right, by how certain they are; n ≥ 1.

    Raises:
        BadInput: there are no images, or certainties that are no probabilities.
    """
    if not len(certainty):
        raise BadInput("there are no images to measure calibration on")
    if not ((certainty >= 0) & (certainty <= 1 + 1e-5)).all():
        raise BadInput("certainties must lie in [0, 1]")
    place = _bins_of(certainty, bins)
    counts = torch.bincount(place, minlength=bins)
    sure, right = (torch.bincount(place, each.double(), minlength=bins) / counts for each in (certainty, is_right))
    return Reliability(counts, sure, right, chance_error(certainty, bins))


def chance_error(certainty: Float[Tensor, " n"], bins: int = BINS, draws: int = DRAWS, seed: int = 0) -> ChanceError:
    """The expected calibration error that so many images give to these certainties if they are perfectly calibrated.

    It is above 0, for in a bin of few images the share that is right strays from the certainty by chance. Each of the
    `draws` takes every image as right with the probability that its certainty says (consistency resampling: Bröcker
    and Smith 2007, Vaicenavicius et al. 2019). n ≥ 1.
    """
    place, chances = _bins_of(certainty, bins), certainty.double()
    counts = torch.bincount(place, minlength=bins)
    sure = torch.bincount(place, chances, minlength=bins) / counts
    source = stream(seed, "calibration", len(certainty))
    errors = torch.empty(draws, dtype=torch.float64)
    for draw in range(draws):
        is_right = torch.rand(len(chances), dtype=torch.float64, generator=source) < chances
        errors[draw] = _error(counts, sure, torch.bincount(place, is_right.double(), minlength=bins) / counts)
    return ChanceError(float(errors.mean()), float(errors.std()))


def _bins_of(certainty: Float[Tensor, " n"], bins: int) -> Int64[Tensor, " n"]:
    """The bin of each certainty; a bin holds its upper end."""
    return (certainty.double() * bins).ceil().long().sub(1).clamp(0, bins - 1)


def _error(
    counts: Int64[Tensor, " bins"], certainty: Float64[Tensor, " bins"], accuracy: Float64[Tensor, " bins"]
) -> float:
    gaps = (certainty - accuracy).abs().nan_to_num(0.0)
    return float((gaps * counts).sum() / counts.sum())


def fit_temperature(log_probabilities: Float[Tensor, "n classes"], labels: Int64[Tensor, " n"]) -> float:
    """The temperature T for which softmax(log p / T) gives these labels the greatest likelihood (Guo et al. 2017).

    The likelihood is concave in 1/T, so its derivative is halved upon; to be fitted on images that the classifier was
    not trained on.

    Raises:
        BadInput: no temperature within reason is best, as when every label is right, or there are no labels.
    """
    logits = log_probabilities.double()
    if not len(labels):
        raise BadInput("there are no images to calibrate on")

    def slope(inverse: float) -> float:
        expected = ((logits * inverse).softmax(1) * logits).sum(1)
        return float((expected - logits.gather(1, labels[:, None]).squeeze(1)).mean())

    low, high = 1 / MOST, 1 / LEAST
    if not slope(low) < 0 < slope(high):
        raise BadInput(
            f"no temperature calibrates it on these {len(labels):,} images: it labels all of them right, or too few"
        )
    for _ in range(60):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return float(2 / (low + high))


def tempered(probabilities: Float[Tensor, "n classes"], temperature: float) -> Float[Tensor, "n classes"]:
    """The probabilities that the same logits give at this temperature: above 1 less certain, below 1 more."""
    tiny = torch.finfo(probabilities.dtype).tiny
    return (probabilities.clamp(min=tiny).log() / temperature).softmax(1)
