import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from glyphspace.latent.intervals import wilson


@given(total=st.integers(1, 100_000), share=st.floats(0, 1), confidence=st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_is_that_of_scipy(total, share, confidence):
    count = round(share * total)
    low, high = wilson(torch.tensor([count]), torch.tensor([total]), confidence)
    theirs = binomtest(count, total).proportion_ci(confidence, method="wilson")
    assert (float(low), float(high)) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_of_no_trials_everything_is_possible():
    assert wilson(torch.tensor([0]), torch.tensor([0])).flatten().tolist() == pytest.approx([0, 1])


def test_rows_have_their_own_totals():
    ends = wilson(torch.tensor([[1, 3], [2, 2]]), torch.tensor([[4], [8]]))
    assert ends.shape == (2, 2, 2)
    assert ends[:, 1].flatten().tolist() == pytest.approx(wilson(torch.tensor([2, 2]), torch.tensor([8])).flatten())
