"""How far a share that was counted may be from the true one."""

from statistics import NormalDist

import torch
from jaxtyping import Float64, Int64
from torch import Tensor

CONFIDENCE = 0.95


def wilson(
    counts: Int64[Tensor, "*shape"], totals: Int64[Tensor, "*#shape"], confidence: float = CONFIDENCE
) -> Float64[Tensor, "2 *shape"]:
    """The lower and the upper end of the Wilson score interval of each share `counts` / `totals` (Wilson, 1927).

    It stays within [0, 1] and has a width where the count is 0 or the total; of no trials at all it is [0, 1].
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    successes, trials = counts.double(), totals.double()
    middle = (successes + z * z / 2) / (trials + z * z)
    variance = (successes * (trials - successes) / trials.clamp(min=1) + z * z / 4) / (trials + z * z) ** 2
    reach = z * variance.sqrt()
    ends = torch.stack(torch.broadcast_tensors(middle - reach, middle + reach))
    return ends.clamp(0, 1)
