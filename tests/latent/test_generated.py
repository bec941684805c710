import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.latent.generated import generated

from . import stamps


def test_a_conditional_generator_is_asked_for_its_classes_in_equal_numbers():
    made = generated(stamps.conditional(), 200, seed=0)
    assert made.name == "stamps (generated)" and made.classes == stamps.CLASSES
    assert made.class_counts().tolist() == [20] * 10
    nearest = torch.cdist(made.images.flatten(1) / 255, stamps.stamps().flatten(1)).argmin(1)
    assert torch.equal(nearest, made.labels)


def test_an_unconditional_generator_is_labelled_by_the_classifier():
    made = generated(stamps.generator(), 200, 0, stamps.classifier())
    nearest = torch.cdist(made.images.flatten(1) / 255, stamps.stamps().flatten(1)).argmin(1)
    assert torch.equal(nearest, made.labels)
    with pytest.raises(BadInput, match="need a classifier to label them"):
        generated(stamps.generator(), 200, 0)


def test_images_repeat_for_a_seed_and_differ_for_another():
    one, again, other = (generated(stamps.conditional(), 50, seed).images for seed in (0, 0, 1))
    assert torch.equal(one, again) and not torch.equal(one, other)


def test_fewer_images_than_classes_are_refused():
    with pytest.raises(BadInput, match="9 images cannot show 10 classes"):
        generated(stamps.conditional(), 9, 0)
    with pytest.raises(BadInput, match="latents are drawn by a generator"):
        generated(stamps.classifier(), 50, 0)
