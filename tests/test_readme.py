"""What the README tells people to type works as written."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from glyphspace.cli import build_parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
FENCED = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def commands() -> list[list[str]]:
    """The words of every `glyphspace …` line, in order, without the comments behind them."""
    lines = "\n".join(text for language, text in FENCED.findall(README) if language == "sh").splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("glyphspace ")]


def test_every_command_is_one_that_the_parser_knows() -> None:
    assert len(commands()) > 10
    for words in commands():
        build_parser().parse_args(words)


def test_pictures_and_pages_that_it_links_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


@pytest.mark.slow
def test_every_command_and_the_python_run_as_written(tmp_path: Path) -> None:
    for words in commands():
        subprocess.run((sys.executable, "-m", "glyphspace", *words), cwd=tmp_path, check=True)
    (python,) = (text for language, text in FENCED.findall(README) if language == "python")
    subprocess.run((sys.executable, "-c", python), cwd=tmp_path, check=True)
