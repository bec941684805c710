import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.metrics.discrimination import (
    ClassDiscrimination,
    Discrimination,
    discrimination,
    discrimination_by_class,
)


def test_a_logit_above_zero_says_real_and_zero_does_not():
    found = discrimination(torch.tensor([1.0, 0.0, -1.0, 2.0]), torch.tensor([0.0, -3.0]))
    assert found == Discrimination(overall=0.75, real=0.5, fake=1.0)


def test_numbers_of_images_do_not_weigh_in_the_overall_accuracy():
    always_real = discrimination(torch.ones(900), torch.ones(3))
    assert always_real.overall == 0.5


def test_each_class_has_its_own_accuracy_as_far_as_there_are_images_of_it():
    found = discrimination_by_class(
        real_logits=torch.tensor([1.0, -1.0, 1.0]),
        real_labels=torch.tensor([0, 0, 2]),
        fake_logits=torch.tensor([-1.0, 1.0, -1.0]),
        fake_labels=torch.tensor([0, 1, 2]),
        n_classes=3,
    )
    assert found == (
        ClassDiscrimination(0.75, 0.5, 1.0),
        ClassDiscrimination(None, None, 0.0),
        ClassDiscrimination(1.0, 1.0, 1.0),
    )


@pytest.mark.parametrize("logits", [torch.zeros(0), torch.tensor([torch.nan])])
def test_missing_and_broken_logits_are_refused(logits):
    with pytest.raises(BadInput, match="real images"):
        discrimination(logits, torch.ones(2))
    with pytest.raises(BadInput, match="generated images"):
        discrimination(torch.ones(2), logits)
