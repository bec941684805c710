"""Section 1.4: whether a reward for certain labels has a slope, without which no generator can follow it."""

import torch

from ....training.auxiliary import Reward, rewards
from ...explore import Findings
from ..frame import Bench, Step

HARD, SMOOTH = "certain", "certain-smooth"


def _slopes(bench: Bench) -> Findings:
    """The steepest slope of both rewards over many logits of a discriminator and of a classifier."""
    found = {}
    for name in (HARD, SMOOTH):
        reward = rewards[name]
        assert reward is not None
        found[name] = _steepest(reward)
    return Findings("rewards", {}, found, {})


def _steepest(reward: Reward) -> float:
    draws = torch.Generator().manual_seed(0)
    logits = torch.randn(10_000, generator=draws).mul(3).requires_grad_()
    classes = torch.randn(10_000, 10, generator=draws).mul(3).requires_grad_()
    score = reward.score(logits, classes, torch.zeros(10_000, dtype=torch.int64))
    if not score.requires_grad:  # a constant to whoever would follow it
        return 0.0
    slopes = torch.autograd.grad(score.sum(), (logits, classes))
    return max(float(slope.abs().max()) for slope in slopes)


STEPS = (Step("rewards", _slopes),)
