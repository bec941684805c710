import shutil
from pathlib import Path

import pytest
from PIL import Image

from glyphspace.core.errors import BadInput
from glyphspace.data.folders import is_dataset, load_folder


def test_folder_and_description_are_the_same_dataset(described):
    assert load_folder(described, "train").images.equal(load_folder(described / "dataset.toml", "train").images)


def test_other_description_in_the_folder_is_loaded_by_its_path(described):
    shutil.copy(described / "dataset.toml", described / "other.toml")
    assert len(load_folder(described / "other.toml", "test")) == 4


def test_folder_without_a_description_holds_pictures(tmp_path):
    (tmp_path / "A").mkdir()
    for i in range(6):
        Image.new("L", (28, 28)).save(tmp_path / f"A/{i}.png")
    assert load_folder(tmp_path, "train").classes == ("A",)


def test_a_dataset_is_told_from_any_other_folder(described, tmp_path):
    assert is_dataset(described) and is_dataset(described / "dataset.toml")
    for name in ("empty", "notes/old", "split/train", "split/test/A", "classes/A"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "notes" / "old" / "a.txt").touch()
    for name in ("split/test/A", "classes/A"):
        assert not is_dataset(tmp_path / name.partition("/")[0])
        (tmp_path / name / "0.png").touch()
        assert is_dataset(tmp_path / name.partition("/")[0])
    for name in ("empty", "notes", "none", "none.toml", "classes/A/0.png", 300 * "n"):
        assert not is_dataset(tmp_path / name)


@pytest.mark.parametrize("name", ["none", "file.png"])
def test_what_is_no_dataset_is_refused(tmp_path, name):
    (tmp_path / "file.png").touch()
    with pytest.raises(BadInput, match="is no dataset"):
        load_folder(tmp_path / name, "train")


def test_missing_description_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot read"):
        load_folder(tmp_path / "none.toml", "train")


def test_folder_that_may_not_be_looked_into_is_refused(tmp_path, monkeypatch):
    def forbidden(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbidden)
    with pytest.raises(BadInput, match=r"cannot read .*: permission denied"):
        load_folder(tmp_path, "train")
    assert not is_dataset(tmp_path)


def test_real_letters_are_upright_and_whole(emnist):
    train, test = load_folder(emnist, "train"), load_folder(emnist, "test")
    assert (len(train), len(test)) == (119_681, 20_800)
    assert test.class_counts().tolist() == [800] * 26
    strokes = test.images[test.labels == 11].float().mean(0)  # L: a stem at the left, a foot at the bottom
    assert strokes[14:].sum() > strokes[:14].sum() and strokes[:, 14:].sum() > 0
    # T has its bar at the top; lying on its side it would have it at the left.
    mean_t = train.images[train.labels == 19].float().mean(0)
    assert mean_t[:9].sum() > 1.1 * mean_t[19:].sum()


def test_real_letters_with_case_leave_the_unknown_out(emnist):
    train = load_folder(emnist / "cased.toml", "train")
    assert len(train.classes) == 37 and len(train) == 119_681 - 2_254
    assert train.class_counts().min() == 879
