"""The command as a process: how it begins, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


def glyphspace(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run((sys.executable, "-m", "glyphspace", *words), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--help",), 0, ""),
        (("models",), 0, ""),
        (("nonsense",), 2, "glyphspace: no command is called 'nonsense'"),
        (("train",), 2, "glyphspace train: the following arguments are required"),
        (("read", "nowhere.safetensors"), 2, "glyphspace: "),
    ],
)
def test_a_process_ends_with_the_code_of_its_command(words: tuple[str, ...], code: int, said: str) -> None:
    ended = glyphspace(*words)
    assert ended.returncode == code
    assert ended.stderr.startswith(said)
    assert ended.stderr.count("\n") == bool(said)
    assert bool(ended.stdout) == (code == 0)


def ended_with(main: str) -> "subprocess.CompletedProcess[str]":
    """A process that ends as ours does, after another command than ours."""
    program = f"import atexit; import glyphspace.__main__ as command; command.main = {main}; command.run()"
    return subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=False)


def test_what_is_to_be_done_at_exit_is_done() -> None:
    ended = ended_with("lambda prepare: atexit.register(print, 'done', end='') and 3")
    assert (ended.returncode, ended.stdout) == (3, "done")


@pytest.mark.parametrize("fault", ["1 / 0", "open('there is no such file')"])
def test_a_fault_of_ours_ends_with_1_tells_where_and_loses_no_word(fault: str) -> None:
    ended = ended_with(f"lambda prepare: print('said') or {fault}")
    assert (ended.returncode, ended.stdout) == (1, "said\n")
    assert "Traceback" in ended.stderr


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize(("word", "unbuffered"), [("models", ""), ("models", "1"), ("--help", "")])
def test_a_full_disk_under_standard_output_is_one_line(word: str, unbuffered: str) -> None:
    with FULL.open("w") as full:
        ended = subprocess.run(
            (sys.executable, "-m", "glyphspace", word),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == ["glyphspace: no space left on device"]


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_whoever_stops_reading_is_no_error(unbuffered: str) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        (sys.executable, "-m", "glyphspace", "models"),
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    os.close(write)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_process_without_standard_output_does_its_work() -> None:
    ended = subprocess.run(
        ("sh", "-c", f"exec {sys.executable} -m glyphspace models >&-"), capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("closed", ["2>&-", "<&-"])
def test_other_streams_may_be_closed_too(closed: str, tmp_path: Path) -> None:
    command = f"exec {sys.executable} -m glyphspace write 12 --out {tmp_path / 'x.png'} {closed}"
    ended = subprocess.run(("sh", "-c", command), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (tmp_path / "x.png").is_file()


def test_nothing_comes_of_a_text_from_a_closed_stream() -> None:
    command = f"exec {sys.executable} -m glyphspace write - <&-"
    ended = subprocess.run(("sh", "-c", command), capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1


def test_what_the_encoding_lacks_is_printed_otherwise() -> None:
    in_ascii = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(
        (sys.executable, "-m", "glyphspace", "models"), capture_output=True, text=True, check=False, env=in_ascii
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Fr\\xe9chet" in ended.stdout


def test_a_text_in_another_encoding_is_refused_in_one_line() -> None:
    ended = subprocess.run(
        (sys.executable, "-m", "glyphspace", "write", "-"),
        input=b"\xff12",
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
    )
    assert (ended.returncode, ended.stderr) == (2, b"glyphspace: standard input holds no text in utf-8\n")


def test_what_needs_more_memory_than_there_is_is_refused_in_one_line() -> None:
    ended = ended_with("lambda prepare: __import__('glyphspace.cli').cli.main(['draw', 'digits', '--count', '4' * 15])")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1


def test_every_command_says_what_it_is_for() -> None:
    for name in ("demo", "train", "evaluate", "write", "open", "export", "study"):
        said = glyphspace(name, "--help").stdout
        about = said.partition("\n\n")[2].partition("\n\n")[0]
        assert about[0].isupper() and about.endswith("."), name
