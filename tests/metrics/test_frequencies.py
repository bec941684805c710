"""Pearson's test agrees with a trusted library, and finds what so many samples can show."""

import pytest
import scipy.stats
import torch

from glyphspace.core.errors import BadInput
from glyphspace.metrics.frequencies import chi_squared, found_by_chi_squared

EVEN = torch.full((4,), 0.25, dtype=torch.float64)
UNEVEN = torch.tensor([0.4, 0.3, 0.2, 0.1], dtype=torch.float64)


@pytest.mark.parametrize("shares", [EVEN, UNEVEN])
def test_it_agrees_with_scipy(shares: torch.Tensor) -> None:
    counts = torch.tensor([31, 22, 40, 7])
    found, trusted = chi_squared(counts, shares), scipy.stats.chisquare(counts.numpy(), 100 * shares.numpy())
    assert found.degrees == 3
    assert (found.statistic, found.p) == pytest.approx((trusted.statistic, trusted.pvalue))


def test_even_shares_are_found_uneven_as_often_as_the_level_says_and_uneven_ones_by_many_samples() -> None:
    assert found_by_chi_squared(EVEN, EVEN, 200) == pytest.approx(0.05, abs=0.03)
    assert found_by_chi_squared(UNEVEN, EVEN, 500) == 1.0
    assert found_by_chi_squared(UNEVEN, EVEN, 12) < 0.6


def test_what_cannot_be_tested_is_refused() -> None:
    for counts, shares in (([0, 0], [0.5, 0.5]), ([3], [1.0]), ([1, 2], [1.0, 0.0])):
        with pytest.raises(BadInput, match="counts of two classes"):
            chi_squared(torch.tensor(counts), torch.tensor(shares, dtype=torch.float64))
