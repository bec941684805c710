import numpy as np
import pytest

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.data.dataset import Dataset, IdxSplit
from glyphspace.data.published import IdxFile

IMAGES, LABELS = IdxFile("images"), IdxFile("labels")
PLAIN = {"name": "toy", "title": "Toy", "classes": ("a", "b"), "splits": {"train": IdxSplit(IMAGES, LABELS)}}


def assemble(images: np.ndarray, labels: list[int], **fields):
    arrays = {IMAGES: images, LABELS: np.array(labels, np.uint8)}
    return Dataset(**PLAIN, **fields).assemble("train", arrays.__getitem__)


def blank(count: int, side: int = 28) -> np.ndarray:
    return np.zeros((count, side, side), np.uint8)


def test_labels_count_from_zero():
    toy = assemble(blank(2), [7, 8], first_label=7)
    assert toy.labels.tolist() == [0, 1] and toy.name == "toy/train" and toy.classes == ("a", "b")


def test_transposed_images_are_turned_upright():
    image = blank(1)
    image[0, 2, 9] = 5
    assert assemble(image, [0], transposed=True).images[0, 9, 2] == 5
    assert assemble(image, [0]).images[0, 2, 9] == 5


def test_images_with_the_ignored_label_are_left_out():
    images = blank(3)
    images[:, 0, 0] = [1, 2, 3]
    toy = assemble(images, [0, 255, 1], ignore_label=255)
    assert toy.images[:, 0, 0].tolist() == [1, 3] and toy.labels.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("images", "labels", "complaint"),
    [
        (blank(2, side=32), [0, 1], "needs images"),
        (np.zeros(2, np.uint8), [0, 1], "needs images"),
        (blank(2), [[0, 1]], "needs images"),
        (blank(2), [0], "2 images but 1 labels"),
        (blank(0), [], "holds no images"),
        (blank(2), [0, 2], "the label 2, which is none of its 0 to 1"),
    ],
)
def test_files_that_do_not_fit_together_are_refused(images, labels, complaint):
    with pytest.raises(BadInput, match=complaint):
        assemble(images, labels)


def test_unknown_split_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="no split of toy is called 'trian'; did you mean train"):
        Dataset(**PLAIN).split("trian")
