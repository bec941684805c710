import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.data.images import LabelledImages


def make(count, labels, classes=("A", "B")):
    return LabelledImages(torch.zeros(count, 28, 28, dtype=torch.uint8), torch.tensor(labels), classes, "toy")


def test_taken_images_keep_order_labels_and_classes(letters):
    taken = letters.take([5, 3, 5], "three")
    assert taken.images[:, 0, 0].tolist() == [5, 3, 5] and taken.name == "three"
    assert taken.labels.tolist() == letters.labels[[5, 3, 5]].tolist() and taken.classes == letters.classes


def test_classes_are_counted_even_when_empty():
    assert make(3, [1, 1, 1], ("A", "B", "C")).class_counts().tolist() == [0, 3, 0]


@pytest.mark.parametrize("labels", [[0, 2], [0, -1]])
def test_labels_of_no_class_are_refused(labels):
    with pytest.raises(BadInput, match="outside its 2 classes"):
        make(2, labels)


def test_images_move_to_a_device(letters):
    moved = letters.to("cpu")
    assert moved.images.equal(letters.images) and moved.labels.device == torch.device("cpu")


@given(st.integers(1, 60), st.integers(0, 80))
def test_some_images_of_those_that_lie_class_by_class_are_of_all_classes(size: int, count: int) -> None:
    labels = torch.arange(3).repeat_interleave(size)
    some = LabelledImages(torch.zeros(len(labels), 28, 28, dtype=torch.uint8), labels, ("a", "b", "c"), "x").some(count)
    counts = some.class_counts()
    assert len(some) == min(count, 3 * size) and counts.max() - counts.min() <= 1


@pytest.mark.parametrize(("classes", "name"), [(("0\n",), "mine"), (("0",), "my\u2028digits"), (("0",), "my\nname")])
def test_names_that_cannot_be_printed_are_refused(classes, name):
    with pytest.raises(BadInput, match="cannot be printed; give it another name") as caught:
        LabelledImages(torch.zeros(1, 28, 28, dtype=torch.uint8), torch.zeros(1, dtype=torch.int64), classes, name)
    assert str(caught.value).isprintable()


def test_names_of_any_writing_are_taken():
    classes = ("क\u200dष", "\u200c", "a\u00a0b", "\u3000")
    images = LabelledImages(torch.zeros(4, 28, 28, dtype=torch.uint8), torch.arange(4), classes, "حروف/train")
    assert images.classes == classes
