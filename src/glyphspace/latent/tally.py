"""What is remembered of labelled latents that go by: counts, certainties, and the first images at each threshold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float32, UInt8
from torch import Tensor

from .distribution import Distribution, distribution
from .labelled import LabelledLatents


@dataclass(frozen=True, eq=False)
class Tally:
    """Of any number of labelled latents, a few megabytes.

    Attributes:
        distribution: the classes at each threshold of certainty.
        certainty: float32 [n], of every latent.
        kept: for each threshold the first images that reach it, uint8 [k, 28, 28].
    """

    distribution: Distribution
    certainty: Float32[Tensor, " n"]
    kept: tuple[UInt8[Tensor, "_ 28 28"], ...]


def tally(parts: Iterable[LabelledLatents], thresholds: Sequence[float], images: int = 0) -> Tally:
    """What `parts`, one or more, hold at each threshold; so many `images` of each are kept."""
    counts, certainty = [], []
    kept: list[list[Tensor]] = [[] for _ in thresholds]
    for part in parts:
        found = distribution(part, thresholds)
        counts.append(found.counts)
        certainty.append(part.certainty)
        for threshold, some in zip(thresholds, kept, strict=True):
            missing = images - sum(map(len, some))
            # Chosen before they are copied: a slice of a copy would hold on to the whole of it.
            some.append(part.images[(part.certainty >= threshold).nonzero().flatten()[:missing]])
    whole = Distribution(tuple(thresholds), torch.stack(counts).sum(dim=0), found.classes)
    return Tally(whole, torch.cat(certainty), tuple(map(torch.cat, kept)))
