"""Training on images whose label a teacher confirms."""

from dataclasses import replace

import pytest

from glyphspace import load_dataset, train
from glyphspace.core.errors import BadInput
from glyphspace.metrics.features import probabilities
from glyphspace.verbs.confident import confident
from glyphspace.zoo import find_model


@pytest.fixture(scope="module")
def digits():
    return load_dataset("sklearn-digits").take(range(300))


def test_only_images_whose_label_the_teacher_confirms_are_left(digits):
    teacher = find_model("mnist-classifier")
    kept = confident(digits, teacher, 0.9)
    assert 0 < len(kept) < len(digits)
    chances = probabilities(teacher.net, kept.images).gather(1, kept.labels[:, None])
    assert chances.min() >= 0.9
    assert len(confident(digits, teacher, 0.0)) == len(digits)


def test_a_recipe_with_a_teacher_is_trained_on_fewer_images(tmp_path):
    changes = {"teacher": "mnist-classifier", "teacher_certainty": 0.9, "batch_size": 32}
    run = train("cnn-fast", data="sklearn-digits", steps=2, out=tmp_path / "run", changes=changes)
    assert run.models["classifier"].recipe["teacher"] == "mnist-classifier"


def test_a_teacher_that_knows_others_or_confirms_none_is_refused(digits):
    teacher = find_model("mnist-classifier")
    with pytest.raises(BadInput, match="gives no label"):
        confident(digits, teacher, 1.1)
    with pytest.raises(BadInput, match="knows other classes"):
        confident(replace(digits, classes=tuple("abcdefghij")), teacher, 0.5)
