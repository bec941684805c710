import pytest
import torch

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.data import LabelledImages, list_datasets, load_dataset, union
from glyphspace.data.stacked import stack, stacked_classes, unstacked


@pytest.fixture(scope="module")
def digits():
    return load_dataset("sklearn-digits", "test")


def test_label_of_a_stack_reads_its_channels(digits):
    stacked = stack(digits)
    assert stacked.images.shape == (360, 3, 28, 28) and stacked.channels == 3
    for place in (0, 17, 359):
        shown = [
            digits.classes[int(digits.labels[(digits.images == channel).all((1, 2)).nonzero()[0, 0]])]
            for channel in stacked.images[place]
        ]
        assert stacked.classes[int(stacked.labels[place])] == "".join(shown)


def test_every_image_comes_once_in_every_channel(digits):
    stacked = stack(digits)
    for channel in range(3):
        ours = sorted(map(bytes, stacked.images[:, channel].flatten(1).numpy()))
        assert ours == sorted(map(bytes, digits.images.flatten(1).numpy()))


def test_channels_are_shuffled_apart_and_repeat_for_a_seed(digits):
    one, again, other = stack(digits), stack(digits), stack(digits, seed=1)
    assert torch.equal(one.images, again.images) and torch.equal(one.labels, again.labels)
    assert not torch.equal(one.labels, other.labels)
    assert not torch.equal(one.images[:, 0], one.images[:, 1])
    assert len(one.labels.unique()) > 250  # of 1,000 classes, 360 triples


def test_stacked_dataset_is_loaded_by_its_name():
    stacked = load_dataset("stacked-sklearn-digits", "test")
    assert stacked.name == "stacked-sklearn-digits/test"
    assert stacked.classes[0] == "000" and stacked.classes[123] == "123" and len(stacked.classes) == 1000


def test_what_cannot_be_stacked_is_said():
    with pytest.raises(UnknownName, match="did you mean mnist"):
        load_dataset("stacked-mnits")
    with pytest.raises(BadInput, match="stacked already"):
        load_dataset("stacked-stacked-sklearn-digits")


def test_long_names_stay_apart():
    assert stacked_classes(("Coat", "Bag"))[:2] == ("Coat | Coat | Coat", "Coat | Coat | Bag")


def test_name_of_what_is_stacked():
    assert unstacked("stacked-mnist") == "mnist" and unstacked("mnist") is None


def test_stacked_and_grey_are_not_united(digits):
    letters = LabelledImages(digits.images, torch.zeros_like(digits.labels), ("A",), "letters")
    with pytest.raises(BadInput, match="grey and stacked"):
        union(stack(digits), letters)


def test_stacked_mnist_is_listed():
    listed = {one.name: one for one in list_datasets()}
    assert listed["stacked-mnist"].classes == 1000
    assert listed["stacked-mnist"].images == listed["mnist"].images
    assert listed["stacked-mnist"].cached == listed["mnist"].cached
