"""What every run of a comparison is measured with: a generator's images by a judging network, a classifier's labels."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np
import torch
from jaxtyping import UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..data import LabelledImages
from ..latent.decode import decode, z_dim
from ..latent.prior import normal
from ..metrics.feature_set import FeatureSet
from ..metrics.features import extract, probabilities, see
from ..metrics.floor import matched, some_of
from ..metrics.frechet import Statistics, frechet_distance, statistics
from ..metrics.judge import Judgement, judge
from ..metrics.modes import Clusters, cluster, cluster_modes, clustered
from ..nets.model import Model
from ..report.compare import Quantity
from ..training.loop import is_collapsed
from ..training.state import Splits
from .evaluate import asked_for
from .judging import check_judge

GLANCED = 5_000  # images of a generator that is measured on its way
LOST = 0.1  # of its share among real images: a class that comes less often is lost

DISTANCE = "Fréchet distance"
COVERED = "clusters covered"
LABELS = "label as asked"


@dataclass(frozen=True)
class Measured:
    """What was found of a model: figures by name, what is wrong with it as a whole, and the classes it has lost."""

    figures: Mapping[str, float]
    failure: str | None = None
    lost: tuple[str, ...] = ()


@runtime_checkable
class Gauge(Protocol):
    """Measures models of one `kind`: thoroughly at the end of a run, by one figure on the way there."""

    @property
    def kind(self) -> str: ...
    @property
    def quantities(self) -> tuple[Quantity, ...]: ...
    @property
    def curve(self) -> str: ...
    def measure(self, model: Model) -> Measured: ...
    def glance(self, model: Model) -> float: ...
    def sheet(self, model: Model, count: int) -> UInt8[np.ndarray, "n *stack 28 28"] | None: ...
    def floor(self) -> Measured: ...
    def glance_floor(self) -> float | None: ...


class GeneratorGauge:
    """Compares generated images with real ones that took no part in the training.

    Args:
        splits: what the runs are trained and measured on.
        network: whose features judge.
        count: images to generate.

    Raises:
        BadInput: the network knows other classes.
    """

    kind = "generator"
    quantities = (
        Quantity(DISTANCE, ".2f", True, "how far apart the clouds of features of generated and real images are"),
        Quantity("precision", ".3f", False, "share of generated images that lie where real ones do"),
        Quantity("recall", ".3f", False, "share of real images that lie where generated ones do"),
        Quantity("density", ".3f", False, "how thick real images lie around generated ones; may exceed 1"),
        Quantity("coverage", ".3f", False, "share of real images that have a generated one near by"),
        Quantity(COVERED, ".2f", False, "share of clusters of training images that get at least a tenth of their due"),
        Quantity("rarest class", ".3f", False, "the least share of a class among generated images"),
        Quantity("kernel distance", ".4f", True, "like the Fréchet distance, without supposing a shape"),
        Quantity("classifier score", ".2f", False, "high when each image is clearly of one class, and all come alike"),
        Quantity(LABELS, ".4f", False, "of a conditional generator, the share taken for the class that was asked for"),
    )

    def __init__(self, splits: Splits, network: Model, count: int) -> None:
        check_judge(network, splits.test)
        self.splits, self.network, self.count = splits, network, count
        self.glanced = min(GLANCED, count)
        self.curve = f"Fréchet distance of {self.glanced:,} samples"

    def measure(self, model: Model) -> Measured:
        """Every figure of `count` images, and whether they are worth anything."""
        images, asked = self.draw(model, self.count)
        seen = replace(see(self.network.net, images), labels=asked)
        found = judge(self._real, seen)
        some = self.splits.test.some(1000).images
        failure = "all samples look alike: it has collapsed" if is_collapsed(images[:1000], some) else None
        return Measured(_figures(found, self._covered(seen)), failure, self._lost(found))

    def glance(self, model: Model) -> float:
        """The Fréchet distance of fewer images."""
        images, _ = self.draw(model, self.glanced)
        return frechet_distance(self._statistics, statistics(extract(self.network.net, images)))

    def floor(self) -> Measured:
        """The figures of `count` real training images, or of as many as there are images to measure on."""
        train, test = self.splits.train, self.splits.test
        some = train.take(matched(test.labels[some_of(len(test), self.count)], train.labels, seed=0))
        seen = replace(see(self.network.net, some.images), labels=some.labels)
        found = _figures(judge(self._real, seen), self._covered(seen))
        return Measured({name: value for name, value in found.items() if name != LABELS})

    def glance_floor(self) -> float:
        """The Fréchet distance of as many training images as a glance looks at, or as there are."""
        train = self.splits.train
        some = train.images[torch.linspace(0, len(train) - 1, min(self.glanced, len(train))).long()]
        return frechet_distance(self._statistics, statistics(extract(self.network.net, some)))

    def draw(self, model: Model, count: int) -> tuple[UInt8[Tensor, "n 28 28"], Tensor | None]:
        """The images of the latents that all models are measured by, and the classes that were asked for, if any."""
        asked, conditions = asked_for(model, self.splits.test, count)
        return decode(model, normal(count, z_dim(model), 0, "evaluate"), conditions), asked

    def sheet(self, model: Model, count: int) -> UInt8[np.ndarray, "n 28 28"]:
        """The first of these images."""
        return self.draw(model, count)[0].numpy()

    @cached_property
    def _real(self) -> FeatureSet:
        return replace(see(self.network.net, self.splits.test.images), labels=self.splits.test.labels)

    @cached_property
    def _statistics(self) -> Statistics:
        return statistics(self._real.features)

    @cached_property
    def _clusters(self) -> Clusters:
        images = self.splits.train.images
        return cluster(extract(self.network.net, images[clustered(len(images))]))

    def _covered(self, seen: FeatureSet) -> float:
        return cluster_modes(self._clusters, seen.features).share

    def _lost(self, found: Judgement) -> tuple[str, ...]:
        if found.classes is None:
            return ()
        names, counts = self.splits.test.classes, self.splits.test.class_counts()
        shares = zip(names, found.classes.shares, (counts / counts.sum()).tolist(), strict=True)
        return tuple(name for name, drawn, real in shares if drawn < LOST * real)


class ClassifierGauge:
    """Counts the images of the test part that a classifier labels right."""

    kind = "classifier"
    quantities = (
        Quantity("error", ".4f", True, "share of images that it labels wrong"),
        Quantity("loss", ".4f", True, "mean cross-entropy in nats: how sure it is of what is right"),
        Quantity("worst class", ".4f", True, "the error on the class that it knows least"),
    )
    curve = "error"

    def __init__(self, images: LabelledImages) -> None:
        self.images = images

    def measure(self, model: Model) -> Measured:
        """Error and loss on all images."""
        chances, labels = probabilities(model.net, self.images.images), self.images.labels
        wrong = (chances.argmax(1) != labels).double()
        sums = torch.zeros(len(self.images.classes), dtype=torch.float64).index_add(0, labels, wrong)
        loss = -chances.gather(1, labels[:, None]).clamp(min=1e-30).log().mean()
        worst = (sums / self.images.class_counts().clamp(min=1)).max()
        return Measured({"error": float(wrong.mean()), "loss": float(loss), "worst class": float(worst)})

    def glance(self, model: Model) -> float:
        """The error."""
        return self.measure(model).figures["error"]

    def sheet(self, model: Model, count: int) -> None:
        """A classifier draws nothing."""

    def floor(self) -> Measured:
        """None is known of classifiers."""
        return Measured({})

    def glance_floor(self) -> None:
        """None is known of classifiers."""


def check_hold_out(network: Model, hold_out: int) -> None:
    """Refuse to measure on held-out images that the network itself was trained on.

    Raises:
        BadInput: it kept back fewer, or its file does not say how many.
    """
    kept = network.recipe.get("hold_out")
    if hold_out and not isinstance(kept, int):
        raise BadInput(
            "the file of the network that measures does not say that it kept training images back, so it may have "
            "been trained on those to be held out; name another with --judge"
        )
    if isinstance(kept, int) and kept < hold_out:
        raise BadInput(
            f"the network that measures kept back {kept:,} training images, so it was trained on some of the "
            f"{hold_out:,} to be held out; hold out fewer, or name another network with --judge"
        )


def _figures(found: Judgement, covered: float) -> dict[str, float]:
    figures = {
        DISTANCE: found.frechet,
        **{name: getattr(found.manifold, name) for name in ("precision", "recall", "density", "coverage")},
        "kernel distance": found.kernel.value,
        COVERED: covered,
    }
    if found.classes:
        figures |= {"rarest class": found.classes.smallest_share, "classifier score": found.classes.score}
        if found.classes.label_accuracy is not None:
            figures[LABELS] = found.classes.label_accuracy
    return figures
