"""import: a PyTorch state_dict of somebody's reference net becomes a model like any other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from ..core.errors import BadInput
from ..core.files import read_bytes
from ..core.torch_files import is_plain, is_torch_file, load_torch
from ..data import load_dataset
from ..data.catalogue import catalogue
from ..nets.adopt import adopt
from ..nets.model import Model, save_model
from ..nets.registries import parse, taken
from ..nets.shapes import outline

WRAPPINGS = ("state_dict", "model_state_dict", "model", "net")  # under which checkpoints keep the weights
DEEPEST = 2  # levels down


@dataclass(frozen=True)
class Imported:
    """The model, and which of its layers took which of the file's."""

    model: Model
    layers: tuple[tuple[str, str], ...]


def import_model(file: str | Path, *, architecture: str, kind: str, data: str, out: str | Path) -> Imported:
    """Read a `.pt` file of a net like one of ours, and keep it as a model file.

    Only tensors are read; no code in the file is run. Activations are not in such a file: ours are those of the
    architecture, and if the net was trained with others it will draw or label differently.

    Args:
        file: what `torch.save(net.state_dict(), …)` wrote, or a checkpoint with a state_dict in it.
        architecture: the net it is, with its numbers where they differ, as "reference" or "reference:z_dim=50".
        kind: "generator", "discriminator" or "classifier".
        data: the dataset it was trained on, which gives it its classes.
        out: the model file to write.

    Raises:
        BadInput: the file holds no state_dict, or one of another net; there is no such net or dataset.
    """
    dataset, classes = _described(data)
    name, given = parse(architecture)
    numbers = {**taken(kind, name, {"classes": len(classes)}), **given}
    if numbers.get("classes", len(classes)) != len(classes):
        raise BadInput(f"{data} has {len(classes)} classes, and {architecture!r} another number; name its own --data")
    net = outline(kind, name, numbers)
    content = read_bytes(file)
    if not is_torch_file(content):
        raise BadInput(f"{file} is no file of PyTorch")
    try:
        layers = adopt(net, _state_dict(load_torch(content, str(file)), kind))
    except BadInput as error:
        raise BadInput(f"{file} does not hold the {kind} {architecture!r}: {error}") from error
    net.eval().requires_grad_(False)
    model = Model(net, kind, name, numbers, dataset, classes, training={"imported": Path(file).name})
    save_model(out, model)
    return Imported(model, layers)


def _described(data: str) -> tuple[str, tuple[str, ...]]:
    """What a dataset is called, and its classes."""
    if data in catalogue:
        return data, catalogue[data].classes
    images = load_dataset(data, "test")
    return images.name.removesuffix("/test"), images.classes


def _state_dict(held: Any, kind: str) -> Mapping[str, Tensor]:
    """The table of tensors in what a file holds, one or two levels down under a usual name or under its kind."""
    if not isinstance(held, Mapping):
        raise BadInput("it holds no state_dict; write one with torch.save(net.state_dict(), …)")
    for _ in range(DEEPEST + 1):
        if held and all(isinstance(name, str) and isinstance(value, Tensor) for name, value in held.items()):
            return _plain(held)
        names = (kind, *WRAPPINGS, f"{kind}_state_dict")
        held = next((held[name] for name in names if isinstance(held.get(name), Mapping)), {})
    raise BadInput(f"it has no state_dict under {kind!r} or {', '.join(WRAPPINGS)}")


def _plain(tensors: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    odd = next((name for name, tensor in tensors.items() if not is_plain(tensor)), None)
    if odd is not None:
        raise BadInput(f"its {odd!r} is no plain tensor with all its numbers")
    return tensors
