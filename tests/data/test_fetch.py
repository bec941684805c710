import errno
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from glyphspace.core.errors import BadInput, Unavailable
from glyphspace.data.dataset import Dataset, IdxSplit
from glyphspace.data.fetch import data_home, is_cached, keep_files, read_files
from glyphspace.data.idx import encode, pack
from glyphspace.data.published import Digest, IdxFile

ARRAYS = {"images": np.full((2, 28, 28), 7, np.uint8), "labels": np.array([0, 1], np.uint8)}
CONTENTS = {name: encode(array) for name, array in ARRAYS.items()}
FILES = {name: IdxFile(name, Digest(hashlib.sha256(content).hexdigest())) for name, content in CONTENTS.items()}


@dataclass
class Shop:
    """A source that has these contents, and counts how often it is asked."""

    name: str
    contents: dict[str, bytes]
    asked: list[list[str]] = field(default_factory=list)

    def obtain(self, wanted, workspace, progress):
        self.asked.append([file.name for file in wanted])
        (workspace / "scratch").write_bytes(b"left behind")
        for file in wanted:
            if file.name not in self.contents:
                raise Unavailable(f"sold out of {file.name}")
            yield file, self.contents[file.name]


def toy(*sources: Shop) -> Dataset:
    split = IdxSplit(FILES["images"], FILES["labels"])
    return Dataset("toy", "Toy", ("a", "b"), {"train": split}, sources=sources)


def read(dataset: Dataset, **options) -> None:
    arrays = read_files(dataset, dataset.files, **options)
    assert all((arrays[FILES[name]] == ARRAYS[name]).all() for name in ARRAYS)


@pytest.mark.parametrize("wrap", [bytes, pack])
def test_fetched_files_are_kept_once_in_the_cache(cache, wrap):
    shop = Shop("shop", {name: wrap(content) for name, content in CONTENTS.items()})
    assert not is_cached(toy(shop))
    read(toy(shop))
    read(toy(shop))
    assert is_cached(toy(shop)) and len(shop.asked) == 1
    assert data_home() == cache
    assert sorted(path.name for path in cache.rglob("*")) == ["images.gz", "labels.gz", "toy"]


def test_sources_are_tried_in_order_for_what_is_still_missing():
    first, second = Shop("first", {"images": CONTENTS["images"]}), Shop("second", CONTENTS)
    third = Shop("third", CONTENTS)
    read(toy(first, second, third))
    assert second.asked == [["labels"]] and not third.asked


def test_source_with_a_wrong_file_is_passed_over():
    read(toy(Shop("liar", CONTENTS | {"images": encode(ARRAYS["images"] + 1)}), Shop("honest", CONTENTS)))


def test_damaged_cache_is_fetched_anew(cache):
    shop = Shop("shop", CONTENTS)
    read(toy(shop))
    (cache / "toy/labels.gz").write_bytes(b"rot")
    read(toy(shop))
    assert shop.asked[1:] == [["labels"]]


@pytest.mark.parametrize("place", ["labels", "labels.gz", "toy/labels", "toy/labels.gz"])
def test_folder_of_the_caller_comes_first(tmp_path, place, monkeypatch):
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_bytes(pack(CONTENTS["labels"]))
    shop = Shop("shop", CONTENTS)
    read(toy(shop), folder=tmp_path)
    assert shop.asked == [["images"]]
    monkeypatch.setenv("GLYPHSPACE_DATA", str(tmp_path))
    assert set(read_files(toy(), [FILES["labels"]])) == {FILES["labels"]}


def test_failure_lists_what_was_tried_and_what_to_do_in_one_line(tmp_path):
    (tmp_path / "labels.gz").write_bytes(pack(encode(ARRAYS["labels"] + 1)))
    liar = Shop("liar", {"images": b"<html>"})
    with pytest.raises(Unavailable) as caught:
        read(toy(Shop("empty shop", {}), liar), folder=tmp_path)
    line = str(caught.value)
    assert line.startswith("toy could not be had (") and "\n" not in line
    for part in (
        f"{tmp_path}/labels.gz is not the labels that was published: its sha256 differs",
        "empty shop: sold out of images",
        "liar: images is not an IDX file",
        "put images.gz, labels.gz into a folder and set GLYPHSPACE_DATA",
    ):
        assert line.count(part) == 1


def test_missing_folder_is_refused(tmp_path):
    with pytest.raises(BadInput, match="there is no folder"):
        read(toy(), folder=tmp_path / "none")


def test_cache_that_cannot_be_made_gives_one_line(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GLYPHSPACE_CACHE", str(tmp_path / "file"))
    with pytest.raises(BadInput, match=r"cannot use the cache .*file exists; GLYPHSPACE_CACHE can name another"):
        read(toy(Shop("shop", CONTENTS)))


def test_cache_that_may_not_be_looked_into_gives_one_line(monkeypatch):
    def forbidden(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", forbidden)
    for use in (is_cached, read):
        with pytest.raises(BadInput, match=r"cannot use the cache .*: permission denied"):
            use(toy(Shop("shop", CONTENTS)))


def no_space(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_full_disk_gives_one_line_and_leaves_nothing_behind(cache, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", no_space)
        with pytest.raises(BadInput, match="no space left on device; GLYPHSPACE_CACHE can name another"):
            read(toy(Shop("shop", CONTENTS)))  # full already in the workspace of the source
    write = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda p, b: write(p, b) if p.name == "scratch" else no_space())
    with pytest.raises(BadInput, match=r"cannot write .*images\.gz: no space left on device; GLYPHSPACE_CACHE"):
        read(toy(Shop("shop", CONTENTS), Shop("never asked", CONTENTS)))
    assert not [path for path in cache.rglob("*") if path.is_file()]


def test_what_lies_in_a_folder_is_kept_in_the_cache(tmp_path):
    for name, content in CONTENTS.items():
        (tmp_path / name).write_bytes(content)
    dataset = toy()
    read_files(dataset, dataset.files, folder=tmp_path)
    assert not is_cached(dataset)
    keep_files(dataset, folder=tmp_path)
    assert is_cached(dataset)
    assert set(read_files(dataset, dataset.files)) == set(dataset.files)


def test_a_wrong_file_is_not_kept(tmp_path):
    (tmp_path / "images").write_bytes(b"wrong")
    with pytest.raises(Unavailable):
        keep_files(toy(), folder=tmp_path)
    assert not is_cached(toy())


def test_what_a_killed_download_left_is_swept_up_after_a_day(cache):
    old, new = cache / ".fetching-old", cache / ".fetching-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "archive").touch()
    os.utime(old, (0, 0))
    read_files(toy(Shop("shop", CONTENTS)), list(FILES.values()))
    assert not old.exists() and new.exists()


def test_a_damaged_file_in_the_cache_is_replaced_by_a_whole_one(tmp_path, cache):
    for name, content in CONTENTS.items():
        (tmp_path / name).write_bytes(content)
        (cache / "toy").mkdir(exist_ok=True)
        (cache / "toy" / f"{name}.gz").write_bytes(b"damaged")
    keep_files(toy(), folder=tmp_path)
    assert set(read_files(toy(), toy().files)) == set(toy().files)
