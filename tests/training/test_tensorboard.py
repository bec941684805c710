import sys

import pytest
import torch

from glyphspace.core.errors import Unavailable
from glyphspace.training.tensorboard import event_writer, no_writer


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with (
        pytest.raises(Unavailable, match=r"TensorBoard is not installed; pip install 'glyphspace\[tensorboard\]'"),
        event_writer(tmp_path, "gan-fast"),
    ):
        pass


def test_the_mean_of_each_figure_is_written_at_its_step(tmp_path):
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    with event_writer(tmp_path, "cnn-fast") as write:
        write(50, torch.tensor([[1.0, 0.5, 0.1], [3.0, 1.0, 0.1]]))
        write(100, torch.tensor([[5.0, 0.0, 0.3]]))
    events = EventAccumulator(str(tmp_path)).Reload()
    assert set(events.Tags()["scalars"]) == {"loss", "accuracy", "seconds"}
    assert [(event.step, event.value) for event in events.Scalars("loss")] == [(50, 2.0), (100, 5.0)]


def test_no_writer_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with no_writer() as write:
        write(50, torch.ones(2, 3))
    assert list(tmp_path.iterdir()) == []
