"""TensorBoard is an extra: with it a run writes events, without it one line says how to have it."""

import subprocess
import sys
from pathlib import Path

import pytest

from glyphspace.core.errors import Unavailable
from glyphspace.training.tensorboard import event_writer


def test_a_run_writes_events_of_every_figure(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    words = ("train", "cnn-fast", "--data", "sklearn-digits", "--steps", "60", "--batch-size", "16", "--tensorboard")
    subprocess.run(
        (sys.executable, "-m", "glyphspace", *words, "--out", tmp_path / "run"), check=True, capture_output=True
    )
    (events,) = (tmp_path / "run" / "tensorboard").iterdir()
    content = events.read_bytes()
    assert all(name in content for name in (b"loss", b"accuracy", b"seconds"))


def test_without_it_one_line_says_how_to_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(Unavailable, match=r"glyphspace\[tensorboard\]"), event_writer(tmp_path, "gan-fast"):
        pass
    assert not list(tmp_path.iterdir())
