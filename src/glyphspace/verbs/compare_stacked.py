"""What runs on stacked images are compared by: the combinations that they draw, and how evenly."""

import numpy as np
from jaxtyping import UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..data import LabelledImages, load_dataset
from ..data.stacked import unstacked
from ..latent.decode import decode, z_dim
from ..latent.prior import normal
from ..metrics.modes import sampling_divergence
from ..nets.model import Model
from ..report.compare import Quantity
from ..training.loop import is_collapsed
from ..training.state import Splits
from .compare_gauge import GLANCED, LOST, Measured
from .evaluate_stacked import StackedEvaluation, evaluate_stacked, expected
from .judging import check_judge

DIVERGENCE = "KL from the data"
ORDINALS = ("first", "second", "third")


class StackedGauge:
    """Counts the modes of generators of stacked images.

    Of real images that takes no more than how often each class comes among the training images; only whether all that a
    generator draws looks alike is told beside the images to measure on.

    Args:
        splits: what the runs are trained and measured on.
        grey: the training images that are stacked in it, whose classes are counted.
        reader: a classifier of these.
        count: images to generate.

    Raises:
        BadInput: the classifier has other classes.
    """

    kind = "generator"

    def __init__(self, splits: Splits, grey: LabelledImages, reader: Model, count: int) -> None:
        check_judge(reader, grey)
        self.splits, self.grey, self.reader, self.count = splits, grey, reader, count
        self.reference = expected(grey)
        self.glanced = min(GLANCED, count)
        self.curve = f"KL divergence from the data of {self.glanced:,} samples"
        self.quantities = (
            Quantity(
                DIVERGENCE, ".4f", True, "in nats: how far the shares of the combinations are from those of the data"
            ),
            Quantity(
                f"modes of {len(self.reference):,}", ",.0f", False, "combinations of classes that come at least once"
            ),
            Quantity("KL from all equally often", ".4f", True, "the same divergence from equal shares"),
            Quantity("rarest class", ".3f", False, "the least share of a class in any of the channels"),
        )

    def measure(self, model: Model) -> Measured:
        """Modes and divergences of `count` images, and whether they are worth anything."""
        found = self._evaluated(model, self.count)
        divergence, modes, uniform, rarest = (quantity.name for quantity in self.quantities)
        figures = {
            divergence: found.modes.divergence,
            modes: float(found.modes.covered),
            uniform: found.uniform_divergence,
            rarest: min(map(min, found.channels)),
        }
        alike = is_collapsed(_drawn(model, 1000), self.splits.test.some(1000).images)
        return Measured(figures, "all samples look alike: it has collapsed" if alike else None, _lost(found))

    def glance(self, model: Model) -> float:
        """The divergence of fewer images."""
        return self._evaluated(model, self.glanced).modes.divergence

    def sheet(self, model: Model, count: int) -> UInt8[np.ndarray, "n 3 28 28"]:
        """The first of the images."""
        return _drawn(model, count).numpy()

    def floor(self) -> Measured:
        """What sampling alone gives: images of the data itself."""
        return Measured({DIVERGENCE: sampling_divergence(self.reference, self.count)})

    def glance_floor(self) -> float:
        """The same of fewer images."""
        return sampling_divergence(self.reference, self.glanced)

    def _evaluated(self, model: Model, count: int) -> StackedEvaluation:
        return evaluate_stacked(model, self.splits.dataset, self.grey, self.reader, count)


def grey_images(dataset: str, progress: Progress = silent) -> LabelledImages:
    """The training images that `dataset` stacks.

    Raises:
        BadInput: its name does not tell which.
    """
    inner = unstacked(dataset)
    if inner is None:
        raise BadInput(f"{dataset} is stacked of images that its name does not tell; give it as --data stacked-NAME")
    return load_dataset(inner, "train", progress=progress)


def _drawn(model: Model, count: int) -> UInt8[Tensor, "n 3 28 28"]:
    return decode(model, normal(count, z_dim(model), 0, "evaluate"))


def _lost(found: StackedEvaluation) -> tuple[str, ...]:
    """The classes that a channel shows less than a tenth as often as the data does."""
    return tuple(
        f"{name} in the {place} channel"
        for place, shares in zip(ORDINALS, found.channels, strict=True)
        for name, share, due in zip(found.classes, shares, found.due, strict=True)
        if share < LOST * due
    )
