"""Models come in as PyTorch files and go out as ONNX, and draw and label the same."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from glyphspace import export_model, import_model
from glyphspace.cli import main
from glyphspace.core.errors import BadInput
from glyphspace.latent.decode import conditions, decode
from glyphspace.nets import build
from glyphspace.nets.model import Model, load_model
from glyphspace.zoo import find_model

onnx = pytest.mark.skipif(
    importlib.util.find_spec("onnxruntime") is None or importlib.util.find_spec("onnxscript") is None,
    reason="the extra is not installed: pip install 'glyphspace[onnx]'",
)


def written_plainly() -> nn.Sequential:
    """The reference generator as people write it."""
    up = nn.ConvTranspose2d
    return nn.Sequential(
        nn.Linear(100, 64 * 7 * 7), nn.LeakyReLU(0.2), nn.Unflatten(1, (64, 7, 7)),
        up(64, 64, 3, 2, 1, 1), nn.BatchNorm2d(64), nn.LeakyReLU(0.2),
        up(64, 32, 3, 1, 1), nn.BatchNorm2d(32), nn.LeakyReLU(0.2),
        up(32, 16, 3, 1, 1), nn.BatchNorm2d(16), nn.LeakyReLU(0.2),
        up(16, 1, 3, 2, 1, 1), nn.Tanh(),
    ).eval()  # fmt: skip


@pytest.mark.parametrize("wrapped", [lambda s: s, lambda s: {"epoch": 5, "generator": s}, lambda s: {"state_dict": s}])
def test_a_generator_of_ones_own_draws_here_as_it_did_there(tmp_path: Path, wrapped) -> None:
    theirs = written_plainly()
    torch.save(wrapped(theirs.state_dict()), tmp_path / "G.pt")
    asked = {"architecture": "reference", "kind": "generator", "data": "mnist"}
    found = import_model(tmp_path / "G.pt", out=tmp_path / "G.safetensors", **asked)
    assert found.layers[:2] == (("project.0", "0"), ("draw.0", "3"))
    z = torch.randn(4, 100, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        drawn = theirs(z)
    torch.testing.assert_close(load_model(tmp_path / "G.safetensors").net(z), drawn, atol=1e-5, rtol=1e-5)


def test_what_is_no_state_dict_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch.save(torch.zeros(3), tmp_path / "tensor.pt")
    torch.save({"weights": {"a.weight": torch.zeros(3)}}, tmp_path / "odd.pt")
    torch.save(written_plainly(), tmp_path / "whole.pt")
    (tmp_path / "text.pt").write_text("hello")
    for name, words in (
        ("tensor", "no state_dict"),
        ("odd", "no state_dict under 'generator'"),
        ("whole", "plain tensors"),
        ("text", "no file of PyTorch"),
        ("gone", "cannot read"),
    ):
        file = tmp_path / f"{name}.pt"
        asked = ["import", str(file), "--as", "reference", "--kind", "generator", "--out", str(tmp_path / "x")]
        assert main(asked) == 2
        told = capsys.readouterr().err
        assert words in told
        assert str(file) in told
        assert told.count("\n") == 1
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "odd",
    [
        lambda tensor: tensor.to("meta"),
        lambda tensor: tensor.to_sparse(),
        lambda tensor: torch.quantize_per_tensor(tensor, 0.1, 0, torch.quint8),
        lambda tensor: torch.nested.nested_tensor([tensor]),
    ],
)
@pytest.mark.filterwarnings("ignore")  # torch's, of kinds of tensors that it may change
def test_tensors_without_all_their_numbers_are_refused_in_one_line(tmp_path: Path, odd) -> None:
    state = written_plainly().state_dict()
    state["0.weight"] = odd(state["0.weight"])
    torch.save(dict(state), tmp_path / "G.pt")
    with pytest.raises(BadInput, match=r"is no plain tensor|is not a whole PyTorch file") as caught:
        import_model(tmp_path / "G.pt", architecture="reference", kind="generator", data="mnist", out=tmp_path / "x")
    assert "\n" not in str(caught.value)


def test_a_file_that_holds_itself_is_refused(tmp_path: Path) -> None:
    held: dict[str, object] = {}
    held["model"] = held
    torch.save(held, tmp_path / "G.pt")
    with pytest.raises(BadInput, match="no state_dict under 'generator'"):
        import_model(tmp_path / "G.pt", architecture="reference", kind="generator", data="mnist", out=tmp_path / "x")


@onnx
@pytest.mark.parametrize("name", ["digits", "mnist-classifier"])
def test_an_exported_model_gives_the_same_for_any_number_of_inputs(name: str, tmp_path: Path) -> None:
    import onnxruntime

    path = export_model(name, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    model = find_model(name)
    (taken,), (given,) = session.get_inputs(), session.get_outputs()
    assert (taken.name, given.name) == (("z", "images") if name == "digits" else ("images", "logits"))
    assert session.get_modelmeta().custom_metadata_map["glyphspace.classes"].split("\n") == list("0123456789")
    for count in (1, 3):
        shape = (count, model.net.z_dim) if name == "digits" else (count, 1, 28, 28)
        inputs = torch.randn(shape, generator=torch.Generator().manual_seed(count))
        (found,) = session.run(None, {taken.name: inputs.numpy()})
        np.testing.assert_allclose(found, model.net(inputs).numpy(), atol=2e-5)


@onnx
@pytest.mark.parametrize("name", ["letters", "letters-best"])
def test_a_generator_with_tones_keeps_them_for_any_number_of_inputs(name: str, tmp_path: Path) -> None:
    import onnxruntime

    path = export_model(name, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    model = find_model(name, "generator")
    for count in (1, 3):
        z, labels = torch.randn(count, model.net.z_dim), torch.arange(count)
        told = {"labels": labels} if name == "letters-best" else {}
        (found,) = session.run(None, {"z": z.numpy(), **{name: each.numpy() for name, each in told.items()}})
        drawn = decode(model, z, conditions(model, labels) if told else None).float() / 127.5 - 1
        assert np.abs(found[:, 0] - drawn.numpy()).max() < 2 / 255


@onnx
@pytest.mark.parametrize("takes", ["labels", "conditions"])
@pytest.mark.parametrize("architecture", ["conditional", "cgan-resnet"])
def test_a_conditional_generator_takes_labels_or_conditions(architecture: str, takes: str, tmp_path: Path) -> None:
    import onnxruntime

    net = build("generator", architecture, {}).eval().requires_grad_(False)
    model = Model(net, "generator", architecture, {"classes": 10}, "mnist", tuple("0123456789"))
    path = export_model(model, tmp_path / "model.onnx", takes=takes)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    z, labels = torch.randn(5, net.z_dim), torch.tensor([3, 1, 4, 1, 5])
    told = labels if takes == "labels" else conditions(model, labels)
    (found,) = session.run(None, {"z": z.numpy(), takes: told.numpy()})
    drawn = decode(model, z, conditions(model, labels)).float() / 127.5 - 1
    np.testing.assert_allclose(found.squeeze(1), drawn.numpy(), atol=0.02)


def test_discriminators_and_odd_wishes_are_refused(tmp_path: Path) -> None:
    model = Model(build("discriminator", "fast", {}), "discriminator", "fast", {}, "mnist", tuple("0123456789"))
    with pytest.raises(BadInput, match="give a generator or a classifier"):
        export_model(model, tmp_path / "x.onnx")
    with pytest.raises(BadInput, match="labels or conditions"):
        export_model("digits", tmp_path / "x.onnx", takes="words")


def test_a_net_of_another_number_of_classes_than_its_data_has_is_not_imported(tmp_path: Path) -> None:
    torch.save(build("classifier", "dense", {"classes": 5}).state_dict(), tmp_path / "five.pt")
    asked = {"architecture": "dense:classes=5", "kind": "classifier", "data": "mnist"}
    with pytest.raises(BadInput, match="mnist has 10 classes"):
        import_model(tmp_path / "five.pt", out=tmp_path / "x.safetensors", **asked)
    assert not (tmp_path / "x.safetensors").exists()
