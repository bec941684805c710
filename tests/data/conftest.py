"""Small data to test with, a cache of each test's own, and the real letters where a path to them is given."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch

from glyphspace.data.idx import write_idx
from glyphspace.data.images import LabelledImages


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch) -> Path:
    """The cache folder of this test, empty."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("GLYPHSPACE_CACHE", str(folder))
    monkeypatch.delenv("GLYPHSPACE_DATA", raising=False)
    return folder


@pytest.fixture
def letters() -> LabelledImages:
    """90 images of three classes, 60, 20 and 10 of them; the first pixels of each image hold its number."""
    images = torch.zeros(90, 28, 28, dtype=torch.uint8)
    images[:, 0, 0] = torch.arange(90, dtype=torch.uint8)
    labels = torch.tensor([0] * 60 + [1] * 20 + [2] * 10)[
        torch.randperm(90, generator=torch.Generator().manual_seed(0))
    ]
    return LabelledImages(images, labels, ("A", "B", "C"), "letters")


@pytest.fixture
def described(tmp_path) -> Path:
    """A folder of IDX files with a dataset.toml: two classes, labelled 1 and 2, transposed, some to be ignored."""
    folder = tmp_path / "described"
    folder.mkdir()
    for split, count in (("train", 12), ("test", 6)):
        images = np.zeros((count, 28, 28), np.uint8)
        images[:, 3, 20] = np.arange(1, count + 1)  # upright: row 20, column 3
        write_idx(folder / f"{split}-images.gz", images)
        write_idx(folder / f"{split}-labels", np.array([1, 2, 255] * (count // 3), np.uint8))
    (folder / "dataset.toml").write_text(
        """
        name = "two"
        title = "Two letters"
        classes = ["A", "B"]
        first_label = 1
        ignore_label = 255
        transposed = true
        images = { train = "train-images.gz", test = "test-images.gz" }
        labels = { train = "train-labels", test = "test-labels" }
        """
    )
    return folder


@pytest.fixture(scope="session")
def emnist() -> Path:
    """The folder of real EMNIST letters that GLYPHSPACE_TEST_EMNIST names."""
    path = os.environ.get("GLYPHSPACE_TEST_EMNIST")
    if not path:
        pytest.skip("GLYPHSPACE_TEST_EMNIST does not name a folder of EMNIST letters")
    return Path(path)
