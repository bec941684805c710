"""Labelled latents are taken out of a file by class and certainty."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from glyphspace import select
from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.latent.archive import Archive, write_archive
from glyphspace.latent.bulk import Draw
from latent.stamps import CLASSES, classifier, conditional, generator


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return write_archive(tmp_path_factory.mktemp("kept") / "x.safetensors", generator(), classifier(), Draw(300))


@given(
    classes=st.none() | st.lists(st.sampled_from(CLASSES), min_size=1, max_size=3),
    certainty=st.floats(0, 0.8),
    count=st.none() | st.integers(1, 50),
)
def test_what_fits_is_taken_in_the_order_of_the_file(archive, classes, certainty, count):
    whole = archive.take(slice(0, 300)).above(certainty)
    known = whole if classes is None else whole.of_class(*map(int, classes))
    if not len(known):
        with pytest.raises(BadInput, match="none of the 300 latents"):
            select(archive.table.path, classes=classes, certainty=certainty, count=count)
        return
    found = select(archive.table.path, classes=classes, certainty=certainty, count=count)
    assert (found.fit, found.total) == (len(known), 300)
    assert torch.equal(found.latents.latents, known.latents[:count])


def test_it_is_written_as_arrays_and_as_a_sheet(archive, tmp_path: Path):
    found = select(archive.table.path, classes=["3", "8"], count=20, out=tmp_path / "x.npz")
    select(archive.table.path, classes=["3", "8"], count=20, out=tmp_path / "x.png")
    with np.load(tmp_path / "x.npz") as arrays:
        assert np.array_equal(arrays["images"], found.latents.images.numpy())
        assert set(arrays["labels"].tolist()) == {3, 8}
    with Image.open(tmp_path / "x.png") as sheet:
        assert sheet.height > 2 * 28


def test_labels_are_what_was_read_and_not_what_a_conditional_generator_was_asked_for(tmp_path: Path):
    write_archive(tmp_path / "x.safetensors", conditional(wrong=3), classifier(), Draw(40))  # its 3 is drawn as 4
    found = select(tmp_path / "x.safetensors", classes=["4"], out=tmp_path / "x.npz")
    assert found.latents.asked is not None and set(found.latents.asked.tolist()) == {3, 4}
    with np.load(tmp_path / "x.npz") as arrays:
        assert arrays["labels"].tolist() == [4] * 8 and len(arrays["conditions"]) == 8


def test_what_cannot_be_taken_is_refused_before_anything_is_written(archive, tmp_path: Path, monkeypatch):
    for options, why in (
        ({"certainty": 1.5}, "between 0 and 1"),
        ({"certainty": float("nan")}, "between 0 and 1"),
        ({"count": 0}, "ask for 1 or more"),
        ({"classes": []}, "at least one class"),
        ({"out": tmp_path / "x.gif"}, "must end in .npz"),
    ):
        with pytest.raises(BadInput, match=why):
            select(archive.table.path, **{"out": tmp_path / "x.npz", **options})
    with pytest.raises(UnknownName, match="no class is called 'x'"):
        select(archive.table.path, classes=["x"], out=tmp_path / "x.npz")
    with pytest.raises(BadInput, match="gone"):
        select(tmp_path / "gone")
    monkeypatch.setattr("glyphspace.verbs.samples_file.LONGEST_SHEET", 10)
    with pytest.raises(BadInput, match="too long; ask for 10 or fewer"):
        select(archive.table.path, out=tmp_path / "x.png")
    assert not list(tmp_path.iterdir())
