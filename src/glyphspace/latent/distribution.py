"""How often each class comes among labelled latents, at several thresholds of certainty.

Section 3.2 of the assignment "GAN and CNN to conquer MNIST".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float64, Int64
from torch import Tensor

from .labelled import LabelledLatents

THRESHOLDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True, eq=False)
class Distribution:
    """Counts of each class, a row for each threshold.

    Attributes:
        thresholds: the certainty that was asked for.
        counts: int64 [thresholds, classes].
        classes: what each column stands for.
    """

    thresholds: tuple[float, ...]
    counts: Int64[Tensor, "thresholds classes"]
    classes: tuple[str, ...]

    @property
    def kept(self) -> Int64[Tensor, " thresholds"]:
        """How many latents each threshold leaves."""
        return self.counts.sum(dim=1)

    @property
    def shares(self) -> Float64[Tensor, "thresholds classes"]:
        """The share of each class in what its threshold leaves; zeros where it leaves nothing."""
        return self.counts / self.kept.clamp(min=1).double().unsqueeze(1)


def distribution(labelled: LabelledLatents, thresholds: Sequence[float] = THRESHOLDS) -> Distribution:
    """The classes among those of `labelled` that have at least each certainty of `thresholds`."""
    certainty, width = labelled.certainty, len(labelled.classes)
    counts = [torch.bincount(labelled.labels[certainty >= threshold], minlength=width) for threshold in thresholds]
    return Distribution(tuple(thresholds), torch.stack(counts), labelled.classes)
