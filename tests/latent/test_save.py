import time
import zipfile

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.latent.sampling import sample
from glyphspace.latent.save import save_samples

from .stamps import classifier, conditional


def test_numpy_reads_what_was_saved(labelled, tmp_path):
    save_samples(tmp_path / "samples.npz", labelled)
    with np.load(tmp_path / "samples.npz", allow_pickle=False) as found:
        assert sorted(found) == ["certainty", "images", "labels", "latents"]
        assert found["images"].shape == (1000, 28, 28) and found["images"].dtype == np.uint8
        assert found["latents"].dtype == np.float32 and found["labels"].dtype == np.int64
        assert np.array_equal(found["certainty"], labelled.certainty.numpy())
        assert np.array_equal(found["latents"], labelled.latents.numpy())


def test_bytes_depend_on_the_content_alone(labelled, tmp_path, monkeypatch):
    save_samples(tmp_path / "one.npz", labelled)
    monkeypatch.setattr(time, "time", lambda: 2e9)
    save_samples(tmp_path / "two.npz", labelled)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.npz") as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}


def test_the_name_of_the_file_is_the_one_that_was_given(labelled, tmp_path):
    save_samples(tmp_path / "samples", labelled)
    assert [file.name for file in tmp_path.iterdir()] == ["samples"]


def test_a_folder_that_cannot_be_written_is_refused_and_nothing_is_left(labelled, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="cannot write"):
        save_samples(tmp_path / "file" / "samples.npz", labelled)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_labels_of_a_conditional_generator_are_the_classes_asked_for(tmp_path):
    drawn = sample(conditional(wrong=4), classifier(), 12, seed=1)
    save_samples(tmp_path / "samples.npz", drawn)
    with np.load(tmp_path / "samples.npz") as file:
        assert file["labels"].tolist() == drawn.asked.tolist() != drawn.labels.tolist()
        assert file["conditions"].shape == (12, 10)
