import math

import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.metrics.diversity import class_diversity

from .clouds import cloud


def test_it_is_the_root_mean_square_distance_of_all_pairs_of_a_class():
    features, labels = cloud(0, rows=40), torch.arange(40) % 2
    some = features[labels == 1].double()
    pairs = torch.pdist(some)
    assert class_diversity(features, labels, 2)[1] == pytest.approx(float(pairs.square().mean().sqrt()))


def test_images_that_are_alike_have_none_and_one_image_says_nothing():
    alike, single, missing = class_diversity(torch.ones(5, 3), torch.tensor([0, 0, 0, 0, 1]), 3)
    assert alike == 0
    assert math.isnan(single) and math.isnan(missing)


def test_labels_outside_the_classes_are_refused():
    with pytest.raises(BadInput):
        class_diversity(torch.ones(2, 3), torch.tensor([0, 3]), 3)
