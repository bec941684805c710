"""Labelled latents in any number: drawn, decoded and read in chunks, of which one is in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from jaxtyping import Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..nets.model import Model
from .decode import condition_dim, z_dim
from .labelled import LabelledLatents, check_pair, label, label_asked
from .prior import priors
from .quick import quick
from .truncation import draw_latents

CHUNK = 4_000  # latents, about 5 MB


@dataclass(frozen=True)
class Draw:
    """Which latents: number `i` of a draw is the same however many are drawn, and in whatever chunks.

    Attributes:
        count: how many, 1 or more.
        seed: of the latents.
        prior: a name in `priors`.
        truncation: where normal latents are cut off; None nowhere.
    """

    count: int
    seed: int = 0
    prior: str = "normal"
    truncation: float | None = None

    def __post_init__(self) -> None:
        if self.count < 1:
            raise BadInput(f"{self.count} latents show nothing; ask for 1 or more")
        priors[self.prior]  # an unknown one is refused before anything is drawn


def chunks(
    generator: Model,
    classifier: Model,
    draw: Draw,
    *,
    precision: str = "auto",
    start: int = 0,
    progress: Progress = silent,
) -> Iterator[LabelledLatents]:
    """The labelled latents of `draw` from number `start` on, in order.

    A conditional generator is asked for each class in turn.

    Args:
        precision: of the nets, as `quick` takes it.

    Raises:
        BadInput: the classifier does not fit the generator, or what is drawn cannot be.
    """
    check_pair(generator, classifier)
    drawer, reader = quick(generator, precision), quick(classifier, precision)
    for first in range(start, draw.count, CHUNK):
        size = min(CHUNK, draw.count - first)
        progress(first, draw.count)
        latents = draw_latents(draw.prior, draw.truncation, size, z_dim(generator), draw.seed, "explore", start=first)
        if condition_dim(generator):
            yield label_asked(drawer, reader, latents, _in_turn(generator, classifier, first, size))
        else:
            yield label(drawer, reader, latents)
    progress(draw.count, draw.count)


def _in_turn(generator: Model, classifier: Model, first: int, size: int) -> Int64[Tensor, " size"]:
    """The classes of the generator again and again, as labels of the classifier."""
    own = torch.tensor([classifier.classes.index(name) for name in generator.classes])
    return own[torch.arange(first, first + size) % len(own)]
