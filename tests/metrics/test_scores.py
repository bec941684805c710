import math

import pytest
import scipy.stats
import torch
from hypothesis import given

from glyphspace.core.errors import BadInput
from glyphspace.metrics.scores import (
    class_entropy,
    class_shares,
    classifier_score,
    label_accuracy,
    smallest_share,
    total_variation,
)

from .clouds import cloud, seeds, shuffled

UNIFORM = torch.full((10,), 0.1, dtype=torch.float64)


def test_certain_and_even_images_score_the_number_of_classes():
    assert classifier_score(torch.eye(10).repeat(3, 1)) == pytest.approx(10)


def test_images_that_are_all_alike_score_one():
    assert classifier_score(torch.tensor([[0.7, 0.2, 0.1]]).repeat(5, 1)) == pytest.approx(1)


@given(seeds)
def test_score_is_the_mean_divergence_that_scipy_gives(seed):
    p = cloud(seed, rows=40, width=6).softmax(dim=1)
    wide = p.double().numpy()
    divergence = scipy.stats.entropy(wide, wide.mean(axis=0, keepdims=True), axis=1).mean()
    assert classifier_score(p) == pytest.approx(math.exp(divergence), rel=1e-5)
    assert classifier_score(shuffled(p, seed)) == pytest.approx(classifier_score(p))


@pytest.mark.parametrize("rows", [torch.zeros(0, 3), torch.ones(4, 3), torch.full((4, 3), torch.nan)])
def test_what_is_no_probability_is_refused(rows):
    with pytest.raises(BadInput):
        classifier_score(rows)


def test_shares_count_classes_that_never_come():
    shares = class_shares(torch.tensor([0, 0, 2, 0]), n_classes=4)
    assert shares.tolist() == [0.75, 0, 0.25, 0]
    assert smallest_share(shares) == 0


def test_labels_that_are_missing_or_outside_are_refused():
    with pytest.raises(BadInput, match="at least one"):
        class_shares(torch.tensor([], dtype=torch.int64), 3)
    with pytest.raises(BadInput, match="outside the 3 classes"):
        class_shares(torch.tensor([0, 3]), 3)


def test_entropy_is_in_bits():
    assert class_entropy(UNIFORM) == pytest.approx(math.log2(10))
    assert class_entropy(torch.tensor([0.5, 0.5, 0], dtype=torch.float64)) == pytest.approx(1)
    assert class_entropy(torch.tensor([1, 0, 0], dtype=torch.float64)) == 0


def test_total_variation_is_the_share_that_would_have_to_change():
    collapsed = torch.eye(10, dtype=torch.float64)[3]
    assert total_variation(UNIFORM, UNIFORM) == 0
    assert total_variation(collapsed, UNIFORM) == pytest.approx(0.9)
    assert total_variation(collapsed, collapsed.flip(0)) == 1
    with pytest.raises(BadInput, match="10 class shares cannot be compared with 3"):
        total_variation(UNIFORM, torch.ones(3, dtype=torch.float64) / 3)


def test_label_accuracy_is_the_share_that_agrees():
    assert label_accuracy(torch.tensor([1, 2, 3, 4]), torch.tensor([1, 2, 3, 0])) == 0.75
    with pytest.raises(BadInput, match="2 for 1"):
        label_accuracy(torch.tensor([1, 2]), torch.tensor([1]))
