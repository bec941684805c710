import pytest
import torch

from glyphspace.latent.distribution import distribution


def test_counts_are_those_of_each_threshold(labelled):
    found = distribution(labelled, (0.0, 0.5, 0.95))
    assert found.counts.shape == (3, 10) and found.classes == labelled.classes
    assert found.kept[0] == len(labelled)
    for row, threshold in zip(found.counts, found.thresholds, strict=True):
        kept = labelled.above(threshold)
        assert row.tolist() == [len(kept.of_class(one)) for one in range(10)]


def test_shares_of_what_is_kept_sum_to_one(labelled):
    found = distribution(labelled)
    torch.testing.assert_close(found.shares.sum(dim=1), torch.ones(len(found.thresholds), dtype=torch.float64))
    assert float(found.shares[0, 3]) == pytest.approx(len(labelled.of_class(3)) / len(labelled))


def test_a_threshold_that_leaves_nothing_has_shares_of_zero(labelled):
    found = distribution(labelled, (1.01,))
    assert found.kept.tolist() == [0] and not found.shares.any()
