"""A trained net with all that is needed to use it again, and its one format on disk.

A model file is safetensors with a JSON header: kind, architecture, its numbers, the dataset, the classes, the recipe,
the measured quality, a classifier's temperature and the version. Reading one runs no code, and nothing in it is
believed before it is checked: the net is laid out without memory first, and the file must hold exactly its tensors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..core.errors import BadInput
from ..core.files import Json
from ..core.tensors import load_tensors, save_tensors
from ..core.words import can_be_shown
from .condition import condition_dim
from .registries import Numbers
from .shapes import outline
from .use import channels_last

FORMAT = 1
MOST_CLASSES = 200_000  # of stacked images there are as many as the third power of those of one
STORED = (torch.float16, torch.bfloat16, torch.float32, torch.float64)  # what weights may be kept as


@dataclass(frozen=True)
class Model:
    """A net and what is known of it.

    Attributes:
        net: the module, in evaluation mode.
        kind: "generator", "discriminator", "classifier" or "encoder".
        architecture: its name in the registry of that kind.
        numbers: what it was built from besides the name.
        dataset: what it was trained on.
        classes: what its labels stand for.
        recipe: the resolved recipe, field by field.
        training: seed, steps and whatever else is needed to train it again.
        quality: what was measured, by name.
        temperature: what a classifier's logits are divided by for a certainty that is the share of labels that are
            right; None when it was not calibrated.
    """

    net: nn.Module
    kind: str
    architecture: str
    numbers: Numbers
    dataset: str
    classes: tuple[str, ...]
    recipe: Mapping[str, Any] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)
    quality: Mapping[str, Any] = field(default_factory=dict)
    temperature: float | None = None

    @property
    def parameters(self) -> int:
        """How many numbers were learned."""
        return sum(parameter.numel() for parameter in self.net.parameters())

    def judged(self, quality: Mapping[str, Any]) -> "Model":
        """The same model with these figures added to its quality."""
        return replace(self, quality={**self.quality, **quality})


def save_model(path: str | Path, model: Model, dtype: torch.dtype = torch.float32) -> None:
    """Write `model` to `path`; `dtype` is how its weights are stored (they are float32 again once loaded)."""
    header: Json = {
        "format": FORMAT,
        "kind": model.kind,
        "architecture": model.architecture,
        "numbers": dict(model.numbers),
        "dataset": model.dataset,
        "classes": list(model.classes),
        "recipe": dict(model.recipe),
        "training": dict(model.training),
        "quality": dict(model.quality),
    }
    if model.temperature is not None:
        header["temperature"] = model.temperature
    save_tensors(path, {name: _narrow(t, dtype) for name, t in model.net.state_dict().items()}, header)


def load_model(path: str | Path) -> Model:
    """Read a model that `save_model` wrote, for use: its weights are laid out with channels last.

    Raises:
        BadInput: not such a file, of a later format, of an unknown architecture, with tensors that do not fit it, or
            with weights that are not finite.
    """
    tensors, header = load_tensors(path)
    try:
        model = _describe(header)
        fill(model.net, tensors)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error
    channels_last(model.net.eval().requires_grad_(False))
    return model


def fill(net: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Give `net`, which may have no memory yet, exactly these weights as float32.

    Raises:
        BadInput: a tensor is missing, is too many, has another shape or holds a number that is not finite.
    """
    wanted = net.state_dict()
    if tensors.keys() != wanted.keys():
        odd = sorted(tensors.keys() ^ wanted.keys())
        raise BadInput(f"its tensors are not those of the architecture it names (see {odd[0]!r})")
    for name, tensor in tensors.items():
        if tensor.shape != wanted[name].shape:
            raise BadInput(f"{name!r} has shape {list(tensor.shape)} where {list(wanted[name].shape)} is needed")
        if not _fits(tensor.dtype, wanted[name].dtype):
            raise BadInput(f"{name!r} holds {tensor.dtype} where {wanted[name].dtype} is needed")
    widened = {name: tensor.to(wanted[name].dtype) for name, tensor in tensors.items()}
    for name, tensor in widened.items():
        if not torch.isfinite(tensor).all():
            raise BadInput(f"{name!r} holds numbers that are not finite")
    net.load_state_dict(widened, assign=True)


def _fits(stored: torch.dtype, wanted: torch.dtype) -> bool:
    """Whether weights may be kept as `stored`: as they are, or as other floating-point numbers."""
    return stored == wanted or (stored in STORED and wanted.is_floating_point)


def _describe(header: Json) -> Model:
    if header.get("format") != FORMAT:
        raise BadInput(f"its format is {header.get('format')!r}; this version of glyphspace reads format {FORMAT}")
    kind, architecture, dataset = (_text(header, key) for key in ("kind", "architecture", "dataset"))
    classes = header.get("classes")
    if not isinstance(classes, list) or not 0 < len(classes) <= MOST_CLASSES or not all(map(_is_text, classes)):
        raise BadInput("its header names no classes")
    tables = {key: header.get(key, {}) for key in ("numbers", "recipe", "training", "quality")}
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise BadInput(f"{key!r} in its header is not a table")
    temperature = header.get("temperature")
    if temperature is not None and not _is_temperature(temperature):
        raise BadInput(f"its header has a temperature of {temperature!r}, which is none")
    net = outline(kind, architecture, tables["numbers"])
    if _classes_of(net, kind) not in (None, len(classes)):
        raise BadInput(f"its header names {len(classes)} classes, its net another number")
    return Model(net, kind, architecture, dataset=dataset, classes=tuple(classes), temperature=temperature, **tables)


def _classes_of(net: nn.Module, kind: str) -> int | None:
    """How many classes the net was built for; None when it knows of none."""
    if kind == "classifier":
        *_, last = net.parameters()  # a number, or a row of them, per class
        return last.shape[0] if last.ndim else 0
    if kind == "encoder" or not condition_dim(net):  # an encoder is told conditions, and embeds none itself
        return None
    return int(net.embed.num_embeddings)  # type: ignore[union-attr,arg-type]


def _is_temperature(value: object) -> bool:
    return isinstance(value, float) and 0 < value < float("inf")


def _text(header: Json, key: str) -> str:
    value = header.get(key)
    if not _is_text(value):
        raise BadInput(f"its header has no {key!r}")
    return str(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and can_be_shown(value)


def _narrow(tensor: Tensor, dtype: torch.dtype) -> Tensor:
    return tensor.to(dtype) if tensor.is_floating_point() else tensor
