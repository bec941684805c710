import pytest
import torch
from hypothesis import given

from glyphspace.core.errors import BadInput
from glyphspace.core.randomness import stream
from glyphspace.metrics.feature_set import FeatureSet
from glyphspace.metrics.floor import floor, matched

from .clouds import images_of, seeds

TRAINING, TEST = images_of("training", 300), images_of("test", 90)


def labels(seed, rows):
    return torch.randint(0, 4, (rows,), generator=stream(seed, "labels", rows))


@given(seeds)
def test_matched_images_are_different_and_of_the_classes_of_the_reference(seed):
    reference, pool = labels(seed, 30), labels(seed, 300)
    drawn = matched(reference, pool, seed)
    assert torch.equal(pool[drawn], reference)
    assert len(drawn.unique()) == 30


def test_every_image_of_a_class_may_be_drawn():
    reference, pool = torch.tensor([1]), torch.tensor([0, 1, 1, 1])
    assert {int(matched(reference, pool, seed)) for seed in range(40)} == {1, 2, 3}


def test_of_a_class_that_the_pool_has_too_few_of_all_are_taken():
    pool = torch.tensor([0, 0, 2])
    drawn = matched(torch.tensor([0, 2, 2, 1]), pool, seed=0)
    assert pool[drawn].tolist() == [0, 2]


def test_the_floor_judges_training_images_as_generated_ones_are_judged():
    found = floor(TRAINING, TEST)
    assert (found.real_count, found.fake_count) == (90, 90)
    assert found.classes.total_variation == 0
    assert found.frechet < 0.3
    assert found.memorisation.ratio > 0.5  # the images drawn are not among those they are compared with


def test_the_floor_of_fewer_images_is_farther_off_for_that_alone():
    whole, part = floor(TRAINING, TEST), floor(TRAINING, TEST, 30)
    assert (part.real_count, part.fake_count) == (90, 30)
    assert part.frechet > whole.frechet
    assert part.manifold.coverage < whole.manifold.coverage
    assert floor(TRAINING, TEST, 90) == floor(TRAINING, TEST, 1000) == whole


def test_the_floor_depends_on_the_seed_alone():
    assert floor(TRAINING, TEST, seed=1) == floor(TRAINING, TEST, seed=1)
    assert floor(TRAINING, TEST, seed=1) != floor(TRAINING, TEST, seed=2)


def test_a_floor_without_labels_is_refused():
    with pytest.raises(BadInput, match="needs the labels"):
        floor(TRAINING, FeatureSet(TEST.features))
