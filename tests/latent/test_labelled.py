import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.latent.certainty import classify
from glyphspace.latent.decode import decode
from glyphspace.latent.labelled import join, label
from glyphspace.latent.prior import normal

from .stamps import CLASSES, classifier, generator


def test_rows_are_a_latent_its_image_and_what_the_classifier_says_of_it(labelled):
    assert len(labelled) == 1000 and labelled.classes == CLASSES
    assert torch.equal(labelled.latents, normal(1000, 12, 0, "test"))
    assert torch.equal(labelled.images, decode(generator(), labelled.latents))
    assert torch.equal(labelled.probabilities, classify(classifier(), labelled.images).probabilities)
    assert torch.equal(labelled.labels, labelled.probabilities.argmax(dim=1))
    assert torch.equal(labelled.certainty, labelled.probabilities.amax(dim=1))


def test_a_threshold_keeps_exactly_those_at_or_above_it(labelled):
    threshold = float(labelled.certainty.median())
    kept = labelled.above(threshold)
    assert len(kept) == int((labelled.certainty >= threshold).sum())
    assert kept.certainty.min() == threshold
    assert labelled.above(0.0, margin=0.3).margin.min() >= 0.3
    assert len(labelled.above(1.01)) == 0


def test_classes_part_the_latents(labelled):
    assert sum(len(labelled.of_class(one)) for one in range(10)) == len(labelled)
    assert set(labelled.of_class(3, 5).labels.tolist()) == {3, 5}


def test_rows_are_taken_together_and_in_order(labelled):
    taken = labelled.take([7, 2, 7])
    assert torch.equal(taken.latents, labelled.latents[[7, 2, 7]])
    assert torch.equal(taken.images, labelled.images[[7, 2, 7]])
    assert torch.equal(taken.labels, labelled.labels[[7, 2, 7]])


def test_parts_join_to_the_whole(labelled):
    whole = join([labelled.take(range(10)), labelled.take(range(10, 10)), labelled.take(range(10, 1000))])
    assert torch.equal(whole.latents, labelled.latents)
    assert torch.equal(whole.probabilities, labelled.probabilities)


def test_a_classifier_that_does_not_know_the_generators_classes_is_refused():
    letters = classifier(tuple("ABCDEFGHIJ"))
    with pytest.raises(BadInput, match="does not know the generator's class '0'"):
        label(generator(), letters, normal(3, 12, 0))
