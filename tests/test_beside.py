"""Measurements beside each other come by name, and their processes end with the one that wants them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not (ROOT / "benchmarks").is_dir(), reason="the benchmarks are not in this copy")

WAITING = """
import os, sys, time
from pathlib import Path
from benchmarks.beside import beside

def wait(folder):
    Path(folder, str(os.getpid())).touch()
    while True:
        time.sleep(0.1)

if __name__ == "__main__":
    list(beside(wait, {1: sys.argv[1:], 2: sys.argv[1:]}, at_once=2))
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_measurements_beside_each_other_end_with_the_one_who_wants_them(tmp_path, how):
    (tmp_path / "waiting.py").write_text(WAITING)
    (folder := tmp_path / "processes").mkdir()
    parent = subprocess.Popen(
        [sys.executable, tmp_path / "waiting.py", folder], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    within(60, lambda: len(list(folder.iterdir())) == 2)
    parent.send_signal(how)
    parent.wait()
    within(60, lambda: not any(runs(each.name) for each in folder.iterdir()))


def runs(process: str) -> bool:
    """Whether a process of that number is at work; one that has ended and that nobody asked about is not."""
    try:
        return Path("/proc", process, "stat").read_text().rpartition(") ")[2][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def within(seconds: float, holds: Callable[[], bool]) -> None:
    """Wait until it holds, no longer than that."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_is_measured_beside_each_other_comes_by_name():
    from benchmarks.beside import beside

    assert dict(beside(divmod, {"a": (7, 3), "b": (9, 2), "c": (5, 5)}, at_once=2)) == {
        "a": (2, 1),
        "b": (4, 1),
        "c": (1, 0),
    }
    with pytest.raises(ZeroDivisionError):
        dict(beside(divmod, {"a": (7, 0)}, at_once=1))
