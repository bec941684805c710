import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.latent.certainty import classify
from glyphspace.latent.decode import conditions, decode
from glyphspace.latent.labelled import join, label, label_asked
from glyphspace.latent.prior import normal

from .stamps import CLASSES, classifier, conditional, generator


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


def test_what_was_asked_for_and_told_goes_with_the_rows():
    asked = torch.tensor([3, 3, 8, 0])
    drawn = label_asked(conditional(), classifier(), normal(4, 2, 0), asked)
    assert torch.equal(drawn.asked, asked) and torch.equal(drawn.labels, asked)
    assert torch.equal(drawn.conditions, conditions(conditional(), asked))
    some = join([drawn.take([2]), drawn.of_class(3)])
    assert some.asked.tolist() == [8, 3, 3] and torch.equal(some.conditions, drawn.conditions[[2, 0, 1]])


def test_classes_are_asked_for_by_the_classifiers_labels():
    turned = classifier(CLASSES[::-1])
    drawn = label_asked(conditional(), turned, normal(2, 2, 0), torch.tensor([9, 2]))
    assert drawn.conditions.argmax(1).tolist() == [0, 7]


def test_an_unconditional_generator_has_nothing_asked_of_it(labelled):
    assert labelled.conditions is None and labelled.asked is None
    with pytest.raises(BadInput, match="cannot be asked for a class"):
        label_asked(generator(), classifier(), normal(2, 12, 0), torch.tensor([1, 2]))
