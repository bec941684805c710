"""Latents in files: what is kept is read back, and what is no latents is refused in a line."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.latent.given import read_given
from glyphspace.latent.labelled import label
from glyphspace.latent.save import save_samples
from latent.stamps import classifier, conditional, generator


def test_what_was_kept_is_read_back(tmp_path):
    kept = label(generator(), classifier(), torch.randn(5, 12))
    save_samples(tmp_path / "some.npz", kept)
    found = read_given(tmp_path / "some.npz")
    assert torch.equal(found.latents, kept.latents) and found.conditions is None


def test_conditions_come_with_the_latents(tmp_path):
    kept = label(conditional(), classifier(), torch.randn(3, 2), torch.eye(10)[:3])
    save_samples(tmp_path / "some.npz", kept)
    assert torch.equal(read_given(tmp_path / "some.npz").conditions, torch.eye(10)[:3])


def test_any_other_ending_is_text(tmp_path):
    (tmp_path / "two.txt").write_text("1 2 3\n4 5 6\n")
    assert read_given(tmp_path / "two.txt").latents.tolist() == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({"images": np.zeros((2, 28, 28))}, "holds no latents"),
        ({"latents": np.zeros(4)}, "rows of floats"),
        ({"latents": np.zeros((2, 3), dtype=np.int64)}, "rows of floats"),
        ({"latents": np.zeros((0, 3))}, "rows of floats"),
        ({"latents": np.full((2, 3), np.nan)}, "not all finite"),
        ({"latents": np.zeros((2, 3)), "conditions": np.zeros((1, 3))}, "2 latents and 1 conditions"),
        ({"latents": np.array([[{}]], dtype=object)}, "plain numbers"),
    ],
)
def test_what_is_no_latents_is_refused_in_a_line(tmp_path, arrays, says):
    np.savez(tmp_path / "bad.npz", **arrays)
    with pytest.raises(BadInput, match=says) as refused:
        read_given(tmp_path / "bad.npz")
    assert "\n" not in str(refused.value)


def test_an_archive_in_the_archive_is_refused_and_so_is_what_no_float_holds(tmp_path, recwarn):
    inner = io.BytesIO()
    np.savez(inner, latents=np.zeros((2, 2)))
    with zipfile.ZipFile(tmp_path / "nested.npz", "w") as archive:
        archive.writestr("latents.npy", inner.getvalue())
    with pytest.raises(BadInput, match="not a whole"):
        read_given(tmp_path / "nested.npz")
    np.savez(tmp_path / "large.npz", latents=np.full((1, 2), 1e300))
    with pytest.raises(BadInput, match="not all finite"):
        read_given(tmp_path / "large.npz")
    assert not recwarn.list


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 damaged"])
def test_a_damaged_file_is_refused(tmp_path, content):
    (tmp_path / "bad.npz").write_bytes(content)
    with pytest.raises(BadInput, match="not a whole"):
        read_given(tmp_path / "bad.npz")


def test_a_small_file_of_very_many_numbers_is_not_unpacked(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("glyphspace.latent.given.LARGEST", 1000)
    numbers = io.BytesIO()
    np.save(numbers, np.zeros((100, 100)))
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("latents.npy", numbers.getvalue())
    with pytest.raises(BadInput, match="more latents than fit"):
        read_given(tmp_path / "bomb.npz")
