import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.metrics.feature_set import FeatureSet

from .clouds import cloud


def test_rows_are_taken_from_every_part():
    labels = torch.arange(60)
    some = FeatureSet(cloud(0), labels=labels).take(torch.tensor([7, 3]))
    assert some.labels.tolist() == [7, 3]
    assert torch.equal(some.features, cloud(0)[[7, 3]])
    assert some.images is None


def test_rows_that_are_left_keep_their_order():
    left = FeatureSet(cloud(0, rows=5), labels=torch.arange(5)).without(torch.tensor([3, 0]))
    assert left.labels.tolist() == [1, 2, 4]


def test_parts_of_other_lengths_are_refused():
    with pytest.raises(BadInput, match="60 rows of features but 59 of labels"):
        FeatureSet(cloud(0), labels=torch.arange(59))
