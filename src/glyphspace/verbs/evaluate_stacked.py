"""evaluate, for generators of stacked images: how many of the combinations they draw, and how evenly."""

from dataclasses import dataclass

import torch
from jaxtyping import Float64
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..data import LabelledImages
from ..data.stacked import CHANNELS
from ..latent.decode import decode, z_dim
from ..latent.prior import normal
from ..metrics.features import probabilities
from ..metrics.modes import ClassModes, class_modes, divergence
from ..metrics.scores import class_shares
from ..nets.model import Model
from .judging import check_judge

COUNT = 26_000  # images that the literature counts modes on
_AT_ONCE = 2_000


@dataclass(frozen=True)
class StackedEvaluation:
    """A generator's modes.

    Attributes:
        dataset: what its images were compared with.
        network: which classifier read the channels, as "architecture, dataset".
        modes: of the combinations, as often as chance would make them of the classes of the real training images.
        uniform_divergence: KL of the combinations from all equally often, in nats.
        classes: what a channel may show.
        channels: the share of each class in each channel.
        due: the share of each class in the data, from which follows how often a combination is due.
    """

    dataset: str
    network: str
    seed: int
    modes: ClassModes
    uniform_divergence: float
    classes: tuple[str, ...]
    channels: tuple[tuple[float, ...], ...]
    due: tuple[float, ...]


def evaluate_stacked(
    generator: Model,
    dataset: str,
    grey: LabelledImages,
    reader: Model,
    count: int = COUNT,
    seed: int = 0,
    progress: Progress = silent,
) -> StackedEvaluation:
    """Count the modes that `generator` covers.

    Args:
        grey: the training images that are stacked, whose classes say how often each combination is due.
        reader: a classifier of those.

    Raises:
        BadInput: the generator draws no stacked images, or the classifier has other classes.
    """
    if getattr(generator.net, "channels", 1) != CHANNELS:
        raise BadInput(f"the generator {generator.architecture!r} draws grey images; {dataset} has {CHANNELS} channels")
    check_judge(reader, grey)
    latents = normal(count, z_dim(generator), seed, "evaluate")
    parts = []
    for some in latents.split(_AT_ONCE):
        parts.append(probabilities(reader.net, decode(generator, some).flatten(0, 1)).argmax(1).view(-1, CHANNELS))
        progress(sum(map(len, parts)), count, "modes")
    first, second, third = channels = torch.cat(parts).T
    classes = len(grey.classes)
    labels = (first * classes + second) * classes + third
    reference = expected(grey)
    return StackedEvaluation(
        dataset,
        f"{reader.architecture}, {reader.dataset}",
        seed,
        class_modes(labels, reference),
        divergence(class_shares(labels, len(reference)), torch.full_like(reference, 1 / len(reference))),
        grey.classes,
        tuple(tuple(class_shares(channel, classes).tolist()) for channel in channels),
        tuple(class_shares(grey.labels, classes).tolist()),
    )


def expected(grey: LabelledImages) -> Float64[Tensor, " combinations"]:
    """The share of each combination, the first channel's class first, that chance makes of the classes of `grey`."""
    due = class_shares(grey.labels, len(grey.classes))
    return torch.einsum("a,b,c->abc", due, due, due).flatten()
