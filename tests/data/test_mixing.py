import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.data import LabelledImages
from glyphspace.data.mixing import balance, pool, repeat
from glyphspace.data.stacked import stack


def dataset(counts, shade=0, name="some"):
    labels = torch.arange(len(counts)).repeat_interleave(torch.tensor(counts))
    images = torch.full((len(labels), 28, 28), shade, dtype=torch.uint8)
    images[:, 0, 0] = torch.arange(len(labels)) % 256
    return LabelledImages(images, labels, tuple("ABCDEFG"[: len(counts)]), name)


def test_a_pool_holds_the_images_of_all():
    both = pool(dataset([2, 3]), dataset([4, 1], shade=9, name="others"))
    assert both.class_counts().tolist() == [6, 4] and both.name == "some and others"
    assert (both.images[5:, 1, 1] == 9).all()


def test_what_differs_is_not_pooled():
    with pytest.raises(BadInput, match="cannot be pooled"):
        pool(dataset([2, 3]), dataset([2, 3, 4]))
    with pytest.raises(BadInput, match="cannot be pooled"):
        one = dataset([4])
        pool(one, LabelledImages(stack(one).images, one.labels, one.classes, "stacked"))


@given(st.integers(1, 9), st.integers(0, 40))
def test_repeated_images_come_equally_often(size, count):
    seen = repeat(dataset([size]), count).images[:, 0, 0].bincount(minlength=size)
    assert seen.sum() == count and seen.max() - seen.min() <= 1


def test_nothing_cannot_be_repeated():
    with pytest.raises(BadInput, match="cannot be repeated"):
        repeat(dataset([0]), 5)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=5))
def test_balanced_classes_are_as_large_as_the_largest_and_keep_their_own(counts):
    images, spare = dataset(counts), dataset([3] * len(counts), shade=9, name="spare")
    balanced = balance(images, spare, seed=0)
    assert balanced.class_counts().tolist() == [max(counts)] * len(counts)
    assert torch.equal(balanced.images[: len(images)], images.images)
    assert (balanced.images[len(images) :, 1, 1] == 9).all()


def test_a_class_without_spare_images_is_said():
    with pytest.raises(BadInput, match="has no image of the class 'B'"):
        balance(dataset([5, 2]), dataset([5, 0]), seed=0)
