"""Do classes come as often as they should, as far as so many samples can tell?"""

from dataclasses import dataclass

import torch
from jaxtyping import Float64, Int64
from scipy.special import gammaincc
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import stream


@dataclass(frozen=True)
class ChiSquared:
    """Pearson's test of counts against what is due (1900).

    Attributes:
        statistic: the summed (count - due)² / due.
        degrees: of freedom, one less than there are classes.
        p: how often chance alone makes it as large or larger.
    """

    statistic: float
    degrees: int
    p: float


def chi_squared(counts: Int64[Tensor, " classes"], shares: Float64[Tensor, " _"]) -> ChiSquared:
    """Test `counts` against `shares`, each above 0, that are taken to be known exactly.

    Raises:
        BadInput: there are no counts, fewer than two classes, or no share above 0 for each.
    """
    if len(counts) < 2 or len(counts) != len(shares) or not counts.sum() or not (shares > 0).all():
        raise BadInput("frequencies are tested by the counts of two classes or more, and a share above 0 for each")
    due = counts.sum() * shares / shares.sum()
    statistic = float(((counts - due).square() / due).sum())
    degrees = len(counts) - 1
    return ChiSquared(statistic, degrees, float(gammaincc(degrees / 2, statistic / 2)))


def found_by_chi_squared(
    drawn: Float64[Tensor, " classes"],
    due: Float64[Tensor, " classes"],
    count: int,
    level: float = 0.05,
    trials: int = 1000,
    seed: int = 0,
) -> float:
    """How often `count` samples with the shares `drawn` show, at this level, that they are not of the shares `due`."""
    draws = stream(seed, "frequencies", count)
    labels = torch.multinomial(drawn, trials * count, replacement=True, generator=draws).view(trials, count)
    counts = torch.stack([torch.bincount(row, minlength=len(drawn)) for row in labels])
    return sum(chi_squared(row, due).p < level for row in counts) / trials
