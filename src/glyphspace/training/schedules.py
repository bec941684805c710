"""How a learning rate changes over a run: functions of the share of the run that is done."""

import math
from collections.abc import Callable

from ..core.registry import Registry

Schedule = Callable[[float], float]
"""From the share done, in [0, 1), to a factor on the learning rate."""

schedules: Registry[Schedule] = Registry("schedule")


@schedules.register("constant")
def constant(done: float) -> float:
    """The same rate throughout."""
    return 1.0


@schedules.register("one-cycle")
def one_cycle(done: float) -> float:
    """Up for a fifth of the run, then down to nothing (Super-Convergence, 2017)."""
    warm = 0.2
    return max(done / warm if done < warm else (1 - done) / (1 - warm), 1e-3)


@schedules.register("cosine")
def cosine(done: float) -> float:
    """Down along half a cosine (SGDR, 2017)."""
    return 0.5 * (1 + math.cos(math.pi * min(done, 1.0)))
