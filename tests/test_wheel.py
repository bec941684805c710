"""The wheel, installed where nothing of the checkout can be seen, writes a message with the models it carries."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT),
        check=True,
        capture_output=True,
    )
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_models_cards_and_templates_and_is_small(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for model in ("digits", "digits-best", "characters-best", "mnist-classifier", "mnist-choosing", "mnist-judging"):
        assert f"glyphspace/zoo/models/{model}.safetensors" in names
        assert f"glyphspace/zoo/models/{model}.md" in names
    assert {"glyphspace/py.typed", "glyphspace/report/page.html", "glyphspace/report/page.css"} <= names
    assert wheel.stat().st_size < 25e6


def test_an_installed_wheel_writes_and_reads_with_no_data_and_no_checkout(wheel: Path, tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    # The libraries are this environment's, by a path file; the package itself is the wheel's alone.
    subprocess.run((sys.executable, "-m", "venv", "--without-pip", clean), check=True)
    (site,) = (clean / "lib").glob("python*/site-packages")
    libraries = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    subprocess.run(
        (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel),
        check=True,
    )
    (site / "libraries.pth").write_text(f"{libraries}\n")
    env = {"PATH": str(clean / "bin"), "HOME": str(tmp_path), "PYTHONSAFEPATH": "1"}

    def installed(*words: str | Path) -> str:
        command = (clean / "bin" / "python", "-m", "glyphspace", *words)
        return subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True, text=True).stdout

    installed("write", "2026", "--out", "message.png")
    assert (tmp_path / "message.png").is_file()
    assert installed("read", "message.safetensors").splitlines()[-1] == "2026"
    where = subprocess.run(
        (clean / "bin" / "python", "-c", "import glyphspace; print(glyphspace.__file__)"),
        cwd=tmp_path,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert where.startswith(str(site))
