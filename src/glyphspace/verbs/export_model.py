"""export: a generator or a classifier as an ONNX file, for use where there is no PyTorch."""

import copy
import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrize import is_parametrized, remove_parametrizations

from ..core.errors import BadInput, Unavailable
from ..core.files import write_bytes
from ..latent.decode import condition_dim, z_dim
from ..nets.model import Model
from ..zoo import find_model

TAKES = ("labels", "conditions")


class _Told(nn.Module):
    """A conditional generator that is told labels instead of conditions."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, z: Tensor, labels: Tensor) -> Tensor:
        return self.net(z, self.net.embed(labels))  # type: ignore[operator]  # torch's stub lacks it


def export_model(model: str | Path | Model, out: str | Path, *, takes: str = "labels") -> Path:
    """Write a model as ONNX; it takes any number of inputs at a time.

    A generator takes "z", float32 [n, z], and gives "images", float32 [n, channels, 28, 28] from -1 (the ground) to 1
    (full ink); a classifier takes such "images" and gives "logits", float32 [n, classes]. What the classes are, and
    what the model was trained on, stands in the file's metadata.

    Args:
        model: a run folder, a file, a shipped model's name, or a model.
        takes: what a conditional generator takes besides z: "labels", int64 [n]; or "conditions", float32 [n, e], of
            which points between two classes are as good.

    Raises:
        BadInput: there is no such model, or it is a discriminator; or `takes` is neither.
        Unavailable: the extra `onnx` is not installed.
    """
    if takes not in TAKES:
        raise BadInput(f"a conditional generator takes {' or '.join(TAKES)}, not {takes!r}")
    found = find_model(model)
    net, inputs, output = _interface(found, takes)
    program = _traced(net, tuple(inputs.values()), list(inputs), output)
    about = {"kind": found.kind, "architecture": found.architecture, "dataset": found.dataset}
    for name, value in {**about, "classes": "\n".join(found.classes)}.items():
        program.model.metadata_props[f"glyphspace.{name}"] = value
    write_bytes(out, program.model_proto.SerializeToString())
    return Path(out)


def _interface(model: Model, takes: str) -> tuple[nn.Module, dict[str, Tensor], str]:
    """The net to be traced, an example of each of its inputs by name, and the name of what it gives."""
    net = _plain(model.net)
    if takes != "labels" and (model.kind != "generator" or not condition_dim(model)):
        raise BadInput(f"only a conditional generator takes {takes}, and this is none")
    if model.kind == "classifier":
        channels = int(model.numbers.get("channels", 1))
        return net, {"images": torch.zeros(2, channels, 28, 28)}, "logits"
    if model.kind != "generator":
        raise BadInput(f"a {model.kind} is not exported: give a generator or a classifier")
    inputs = {"z": torch.zeros(2, z_dim(model))}
    if width := condition_dim(model):
        if takes == "labels":
            return _Told(net), {**inputs, "labels": torch.zeros(2, dtype=torch.int64)}, "images"
        inputs["conditions"] = torch.zeros(2, width)
    return net, inputs, "images"


def _plain(net: nn.Module) -> nn.Module:
    """A copy of the net whose weights are what its parametrisations made of them."""
    copied = copy.deepcopy(net).eval().to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]  # torch's stub lacks it
    for module in copied.modules():
        if is_parametrized(module):
            for name in list(module.parametrizations):
                remove_parametrizations(module, name)
    return copied.requires_grad_(False)


def _traced(net: nn.Module, inputs: tuple[Tensor, ...], names: list[str], output: str) -> Any:
    try:
        import onnxscript  # noqa: F401  # torch's exporter stands on it
    except ImportError as error:
        raise Unavailable("ONNX is an extra; install it with pip install 'glyphspace[onnx]'") from error
    batch = torch.export.Dim("n", min=1)
    with _quiet():
        return torch.onnx.export(
            net,
            inputs,
            input_names=names,
            output_names=[output],
            dynamic_shapes=tuple({0: batch} for _ in inputs),
            dynamo=True,
            verbose=False,
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporter tells, by every means there is, of libraries that are not needed here."""
    log = logging.getLogger("torch.onnx")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)
