"""Recipes: everything that decides what a training run does, as a frozen dataclass with a name.

A recipe holds words and numbers only. A net is written as its name with its numbers, "fast:z_dim=64,width=64". Adding a
recipe is one `recipes.add`; every field can be overridden on the command line or in a TOML file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_type_hints

from ..core.errors import BadInput, UnknownName
from ..core.files import read_bytes
from ..core.registry import Registry


def _field(default: Any, help: str) -> Any:
    return field(default=default, metadata={"help": help})


_DATA = "a dataset's name or path; several joined by + are united"
_HOLD_OUT = "training images kept back, to choose between models on"
_SCHEDULE = "how the learning rate changes: constant, one-cycle or cosine"
_PRECISION = "auto, float32 or bfloat16"


@dataclass(frozen=True)
class GanRecipe:
    """How a generator and a discriminator are trained against each other."""

    name: str
    summary: str
    data: str = _field("mnist", _DATA)
    hold_out: int = _field(0, _HOLD_OUT)
    generator: str = _field("fast", "the generator and its numbers, as in fast:z_dim=64,width=64")
    discriminator: str = _field("fast", "the discriminator and its numbers, as in fast:width=32")
    objective: str = _field("non-saturating", "what the two minimise")
    penalty: str = _field("none", "gradient penalty on the discriminator: none, r1 or r1+r2")
    penalty_weight: float = _field(1.0, "weight of the gradient penalty")
    penalty_every: int = _field(8, "steps from one gradient penalty to the next")
    penalty_images: int = _field(64, "images of the batch that the gradient penalty looks at, at most")
    epochs: float = _field(5.0, "passes over the training images")
    batch_size: int = _field(64, "images per step")
    generator_rate: float = _field(2e-4, "the generator's learning rate")
    discriminator_rate: float = _field(2e-4, "the discriminator's learning rate")
    beta1: float = _field(0.5, "Adam's β1")
    beta2: float = _field(0.999, "Adam's β2")
    schedule: str = _field("constant", _SCHEDULE)
    average_half_life: int = _field(0, "images over which the running average of the generator halves; 0: no average")
    precision: str = _field("auto", _PRECISION)


@dataclass(frozen=True)
class ClassifierRecipe:
    """How a classifier is trained."""

    name: str
    summary: str
    data: str = _field("mnist", _DATA)
    hold_out: int = _field(0, _HOLD_OUT)
    classifier: str = _field("fast", "the classifier and its numbers, as in fast:width=16")
    epochs: float = _field(5.0, "passes over the training images")
    batch_size: int = _field(128, "images per step")
    optimizer: str = _field("adam", "adam or sgd")
    rate: float = _field(1e-3, "the learning rate")
    beta1: float = _field(0.9, "Adam's β1, or the momentum of SGD")
    beta2: float = _field(0.999, "Adam's β2")
    weight_decay: float = _field(0.0, "decoupled weight decay of what has more than one dimension")
    schedule: str = _field("constant", _SCHEDULE)
    label_smoothing: float = _field(0.0, "share of the label that is spread over all classes")
    augmentation: str = _field("none", "none, shift or affine")
    precision: str = _field("auto", _PRECISION)


Recipe = GanRecipe | ClassifierRecipe

recipes: Registry[Recipe] = Registry("recipe")


def _add(recipe: Recipe) -> None:
    recipes.add(recipe.name, recipe)


_add(
    GanRecipe(
        name="gan-reference",
        summary="the reference GAN of “GAN and CNN to conquer MNIST”",
        generator="reference:z_dim=100",
        discriminator="reference",
        batch_size=32,
    )
)
_add(
    ClassifierRecipe(
        name="cnn-reference",
        summary="the reference CNN of “GAN and CNN to conquer MNIST”",
        classifier="reference",
        batch_size=32,
    )
)
_add(
    GanRecipe(
        name="gan-fast",
        summary="our small unconditional GAN: good samples in two minutes on two cores",
        generator="fast:z_dim=64,width=64",
        discriminator="fast:width=32",
        objective="relativistic",
        penalty="r1+r2",
        penalty_weight=0.3,
        penalty_every=16,
        penalty_images=32,
        epochs=8.0,
        batch_size=64,
        generator_rate=1e-3,
        discriminator_rate=1e-3,
        beta2=0.99,
        average_half_life=10_000,
    )
)
_add(
    ClassifierRecipe(
        name="cnn-fast",
        summary="our small classifier: 99% on MNIST in one epoch, 99.5% in eight",
        classifier="fast:width=16",
        epochs=1.0,
        optimizer="sgd",
        rate=0.1,
        weight_decay=5e-4,
        schedule="one-cycle",
        label_smoothing=0.1,
        augmentation="shift",
    )
)
_add(
    ClassifierRecipe(
        name="features-choosing",
        summary="the network whose features choose between models, on held-out training images",
        hold_out=10_000,
        classifier="fast:width=16",
        epochs=6.0,
        optimizer="sgd",
        rate=0.1,
        weight_decay=5e-4,
        schedule="one-cycle",
        augmentation="shift",
    )
)
_add(
    ClassifierRecipe(
        name="features-judging",
        summary="the network whose features judge on the test set, once all choices are made",
        classifier="deep:width=16",
        epochs=6.0,
        optimizer="sgd",
        rate=0.1,
        weight_decay=5e-4,
        schedule="one-cycle",
        augmentation="affine",
    )
)


def override(recipe: Recipe, changes: Mapping[str, Any]) -> Recipe:
    """`recipe` with these fields changed, each turned into its type and checked.

    Raises:
        UnknownName: a field that the recipe has not.
        BadInput: a value that cannot be the field's, or a number out of reason.
    """
    types = get_type_hints(type(recipe))
    typed: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in types:
            raise UnknownName(f"field of the recipe {recipe.name}", name, types)
        typed[name] = _typed(name, value, types[name])
    return _checked(replace(recipe, **typed))


def read_recipe(path: str | Path) -> Recipe:
    """The recipe in a TOML file: `base = "gan-fast"` and the fields that differ.

    Raises:
        BadInput: the file cannot be read, is not TOML, names no base, or has a field or value that cannot be.
    """
    try:
        table = tomllib.loads(read_bytes(path).decode())
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path} is not valid TOML ({error})") from error
    base = table.pop("base", None)
    if not isinstance(base, str):
        raise BadInput(f'{path} names no recipe to start from; begin it with base = "gan-fast", say')
    try:
        return override(recipes[base], table)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error


def find_recipe(name: str) -> Recipe:
    """The recipe of this name, or the one in the TOML file at this path."""
    return read_recipe(name) if name.endswith(".toml") else recipes[name]


def _typed(name: str, value: Any, kind: type) -> Any:
    if kind is int and isinstance(value, float) and value.is_integer():
        value = int(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        value = float(value)
    if not isinstance(value, kind) or isinstance(value, bool):
        words = {int: "a whole number", float: "a number", str: "text"}[kind]
        raise BadInput(f"{name} must be {words}, not {value!r}")
    return value


def _checked(recipe: Recipe) -> Recipe:
    at_least_one = {"batch_size", "penalty_every", "penalty_images"}
    for item in fields(recipe):
        value = getattr(recipe, item.name)
        if isinstance(value, str):
            continue
        if not 0 <= value < float("inf") or (item.name in at_least_one and value < 1):
            raise BadInput(f"{item.name} cannot be {value}")
    for name in ("beta1", "beta2", "label_smoothing"):
        if not 0 <= getattr(recipe, name, 0.0) < 1:
            raise BadInput(f"{name} must lie in [0, 1), not {getattr(recipe, name)}")
    return recipe
