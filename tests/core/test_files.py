import errno
import os
import resource
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest

from glyphspace.core.errors import BadInput
from glyphspace.core.files import atomic, read_bytes, read_json, write_bytes, write_json, write_text


def test_what_is_written_is_read_back(tmp_path):
    write_bytes(tmp_path / "new" / "deep" / "bytes", b"\0\xff")
    write_text(tmp_path / "text", "é\n")
    write_json(tmp_path / "json", {"a": [1, None], "é": 0.1})
    assert read_bytes(tmp_path / "new" / "deep" / "bytes") == b"\0\xff"
    assert (tmp_path / "text").read_bytes() == "é\n".encode()
    assert read_json(tmp_path / "json") == {"a": [1, None], "é": 0.1}


@pytest.mark.parametrize("error", [RuntimeError("mine"), KeyboardInterrupt()])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path, error):
    write_text(tmp_path / "file", "old")
    with pytest.raises(type(error)), atomic(tmp_path / "file") as temporary:
        temporary.write_text("ne")
        raise error
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("file", "old")]


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match=f"cannot write {tmp_path}/file: no space left on device"):
        write_bytes(tmp_path / "file", b"x" * 100)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_the_system_cuts_short_leaves_the_old_file(tmp_path):
    write_bytes(tmp_path / "file", b"old")
    with files_at_most(10_000), pytest.raises(BadInput, match=r"cannot write .*file: file too large$"):
        write_bytes(tmp_path / "file", bytes(100_000))
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("file", b"old")]


@contextmanager
def files_at_most(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_places_that_cannot_be_written_are_refused_in_one_line(tmp_path):
    (tmp_path / "a file").write_text("")
    (tmp_path / "folder").mkdir()
    refusals = {
        tmp_path / "a file" / "below": f"{tmp_path}/a file is not a folder",
        tmp_path / "a file" / "far" / "below": "not a directory",
        tmp_path / "folder": "is a directory",
        tmp_path / ("x" * 300): "file name too long",
        "/": "names no file",
        ".": "names no file",
        "a\0b": "names no file",
    }
    for place, why in refusals.items():
        with pytest.raises(BadInput, match=f"^cannot write [^\n]*: (it )?{why}$"):
            write_text(place, "x")
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a file", "folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_refused_in_one_line(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(BadInput, match="permission denied"):
        write_text(tmp_path / "file", "x")


def test_files_that_cannot_be_read_are_refused_in_one_line(tmp_path):
    for place, why in ((tmp_path / "none", "no such file"), (tmp_path, "is a directory"), ("a\0b", "names no file")):
        with pytest.raises(BadInput, match=f"^cannot read .*{why}[^\n]*$"):
            read_bytes(place)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"3", b"\xff\xfe\x00", b'{"a": 1} x', b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"]
)
def test_what_is_no_json_object_is_refused_in_one_line(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BadInput, match=r"file does not hold [^\n]*$"):
        read_json(tmp_path / "file")


def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to("target")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_text() == "new"
    (tmp_path / "dangling").symlink_to("not yet")
    write_text(tmp_path / "dangling", "new")
    assert (tmp_path / "not yet").read_text() == "new"


def test_pipes_and_devices_are_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="pipe: it is no plain file"):
        write_text(tmp_path / "pipe", "x")
    assert (tmp_path / "pipe").is_fifo() and len(list(tmp_path.iterdir())) == 1


def test_a_name_may_be_as_long_as_the_system_takes(tmp_path: Path) -> None:
    for name in ("x" * 251 + ".txt", "é" * 125):
        write_text(tmp_path / name, "x")
        assert (tmp_path / name).read_text() == "x"


def test_links_to_pipes_and_links_to_each_other_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    (tmp_path / "here").symlink_to("there")
    (tmp_path / "there").symlink_to("here")
    for name in ("link", "here"):
        with pytest.raises(BadInput, match=f"{name}: it is no plain file"):
            write_text(tmp_path / name, "x")
        assert (tmp_path / name).is_symlink()
