import errno
import os

import pytest

from glyphspace.core import alone as module
from glyphspace.core.alone import alone
from glyphspace.core.errors import BadInput


def test_one_has_a_file_until_it_lets_go(tmp_path):
    file = tmp_path / "lock"
    with alone(file, "busy"), pytest.raises(BadInput, match=r"^busy$"), alone(file, "busy"):
        pass
    with alone(file, "busy"):
        pass


def test_where_a_disk_has_no_locks_nobody_is_kept_off(tmp_path, monkeypatch):
    def without(*_):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(module.fcntl, "flock", without)
    with alone(tmp_path / "lock", "busy"), alone(tmp_path / "lock", "busy"):
        pass


def test_a_lock_that_another_made_and_nobody_may_write_is_a_lock(tmp_path):
    (tmp_path / "lock").touch(0o444)
    with alone(tmp_path / "lock", "busy"):
        pass


def test_what_cannot_be_made_is_told_in_one_line(tmp_path):
    with pytest.raises(BadInput, match=r"cannot write .*lock: no such file"), alone(tmp_path / "no" / "lock", "busy"):
        pass
