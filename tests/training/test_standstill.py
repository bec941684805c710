"""A discriminator that is right about everything is told of, and no other."""

import pytest
import torch

from glyphspace.training.gan import GanTraining
from glyphspace.training.history import History
from glyphspace.training.objectives import objectives
from glyphspace.training.standstill import LAST, standstill


def remembered(real: float, fake: float, steps: int = LAST) -> History:
    """Steps at each of which the discriminator was right about these shares of images."""
    history = History(GanTraining.columns)
    history.restore(torch.tensor([[0.01, 8.0, real, fake, 1.0]]).repeat(steps, 1), [])
    return history


@pytest.mark.parametrize("objective", ["non-saturating", "minimax", "non-saturating-bce"])
def test_a_discriminator_that_has_won_is_told_of(objective: str) -> None:
    told = standstill(objectives[objective], remembered(0.998, 1.0))
    assert told is not None and "99.8% of real and 100.0% of generated" in told and "--seed" in told


@pytest.mark.parametrize("real, fake", [(0.66, 0.68), (1.0, 0.5), (0.5, 1.0)])
def test_one_that_errs_is_not(real: float, fake: float) -> None:
    assert standstill(objectives["non-saturating"], remembered(real, fake)) is None


def test_nothing_is_said_of_a_beginning() -> None:
    assert standstill(objectives["non-saturating"], remembered(1.0, 1.0, LAST - 1)) is None


@pytest.mark.parametrize("objective", ["wasserstein", "hinge", "least-squares", "relativistic"])
def test_critics_may_be_right_and_still_teach(objective: str) -> None:
    assert standstill(objectives[objective], remembered(1.0, 1.0)) is None


def test_only_the_last_steps_count() -> None:
    lost, won = remembered(0.6, 0.6), remembered(1.0, 1.0)
    both = History(GanTraining.columns)
    both.restore(torch.cat([won.rows(), lost.rows()]), [])
    assert standstill(objectives["non-saturating"], both) is None
