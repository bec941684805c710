"""What the README and the pages of the docs tell people to type works as written."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from glyphspace.cli import build_parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
FENCED = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def commands(page: str = README) -> list[list[str]]:
    """The words of every `glyphspace …` line, in order, without comments and what is read behind them."""
    lines = "\n".join(text for language, text in FENCED.findall(page) if language == "sh").splitlines()
    called = [line.split(" < ")[0] for line in lines if line.startswith("glyphspace ")]
    return [shlex.split(line, comments=True)[1:] for line in called]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_is_one_that_the_parser_knows(page: Path) -> None:
    for words in commands(page.read_text()):
        build_parser().parse_args(words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pictures_and_pages_that_it_links_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_commands_are_found() -> None:
    assert len(commands()) > 10


@pytest.mark.slow
def test_every_command_and_the_python_run_as_written(tmp_path: Path) -> None:
    for words in commands():
        subprocess.run((sys.executable, "-m", "glyphspace", *words), cwd=tmp_path, check=True)
    (python,) = (text for language, text in FENCED.findall(README) if language == "python")
    subprocess.run((sys.executable, "-c", python), cwd=tmp_path, check=True)
