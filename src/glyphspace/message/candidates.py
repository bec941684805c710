"""Where the candidates for each character of a message come from. Candidate number i is the same for every text."""

from collections.abc import Callable, Mapping

import torch
from jaxtyping import Float32, Int64
from torch import Tensor

from ..latent.decode import condition_dim, conditions_of, z_dim
from ..latent.prior import normal
from ..nets.model import Model
from .hand import Hand

LEAST, MOST = 200, 2_000  # latents of an unconditional generator that are drawn at a time
WIDER = 0.15  # how much farther the characters of one hand stray each time that too few of them were good

Batch = tuple[Float32[Tensor, "n z"], Float32[Tensor, "n e"] | None, Int64[Tensor, " n"] | None]


Candidates = Callable[[Mapping[int, int]], Batch]
"""Given how many of each label to draw, latents, conditions, and the labels that they are asked to show. The last two
are None where the latent decides."""


def candidates(generator: Model, classes: tuple[str, ...], hand: Hand, seed: int) -> Candidates:
    """Where to draw from: labels are indices into `classes`."""
    kind = _Asked if condition_dim(generator) else _AsTheyCome
    return kind(generator, classes, hand, seed)


class _AsTheyCome:
    """Latents of an unconditional generator, which shows any class at them."""

    def __init__(self, generator: Model, classes: tuple[str, ...], hand: Hand, seed: int) -> None:
        self.z_dim, self.hand, self.seed = z_dim(generator), hand, seed
        self.drawn = 0

    def __call__(self, counts: Mapping[int, int]) -> Batch:
        size = min(max(sum(counts.values()), LEAST), MOST)
        noise = normal(size, self.z_dim, self.seed, "message", start=self.drawn)
        self.drawn += size
        return self.hand.latents(noise, torch.ones(size)), None, None


class _Asked:
    """Latents of a conditional generator, of the classes that are asked for."""

    def __init__(self, generator: Model, classes: tuple[str, ...], hand: Hand, seed: int) -> None:
        self.generator, self.classes, self.hand, self.seed = generator, classes, hand, seed
        self.drawn = dict.fromkeys(range(len(classes)), 0)
        self.rounds = 0

    def __call__(self, counts: Mapping[int, int]) -> Batch:
        labels = torch.tensor([label for label, count in counts.items() for _ in range(count)])
        latents = torch.cat([self._of_class(label, count) for label, count in counts.items()])
        self.rounds += 1
        return latents, conditions_of(self.generator, labels, self.classes), labels

    def _of_class(self, label: int, count: int) -> Float32[Tensor, "n z"]:
        start = self.drawn[label]
        self.drawn[label] += count
        noise = normal(count, z_dim(self.generator), self.seed, "message", self.classes[label], start=start)
        strays = torch.full((count,), min(1.0, self.hand.stray + WIDER * self.rounds))
        if self.hand.base is None:
            strays.fill_(1.0)
        elif start == 0:
            strays[0] = 0.0  # the hand itself
        return self.hand.latents(noise, strays)
