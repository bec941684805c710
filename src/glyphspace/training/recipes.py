"""Recipes: everything that decides what a training run does, as a frozen dataclass with a name.

A recipe holds words and numbers only. A net is written as its name with its numbers, "fast:z_dim=64,width=64". Adding a
recipe is one `recipes.add`; every field can be overridden on the command line or in a TOML file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_type_hints

from ..core.errors import BadInput, UnknownName
from ..core.files import read_bytes
from ..core.registry import Registry


@dataclass(frozen=True)
class GanRecipe:
    """How a generator and a discriminator are trained against each other."""

    name: str
    summary: str
    data: str = "mnist"  # a dataset's name or path
    hold_out: int = 0  # training images kept back for choosing between models
    generator: str = "fast"
    discriminator: str = "fast"
    objective: str = "non-saturating"
    penalty: str = "none"
    penalty_weight: float = 1.0
    penalty_every: int = 8  # steps from one penalty to the next
    penalty_images: int = 64  # of the batch, at most
    epochs: float = 5.0
    batch_size: int = 64
    generator_rate: float = 2e-4
    discriminator_rate: float = 2e-4
    beta1: float = 0.5
    beta2: float = 0.999
    schedule: str = "constant"
    average_half_life: int = 0  # images; 0 keeps the weights of the last step
    precision: str = "auto"


@dataclass(frozen=True)
class ClassifierRecipe:
    """How a classifier is trained."""

    name: str
    summary: str
    data: str = "mnist"
    hold_out: int = 0
    classifier: str = "fast"
    epochs: float = 5.0
    batch_size: int = 128
    optimizer: str = "adam"
    rate: float = 1e-3
    beta1: float = 0.9  # of SGD: its momentum
    beta2: float = 0.999
    weight_decay: float = 0.0
    schedule: str = "constant"
    label_smoothing: float = 0.0
    augmentation: str = "none"
    precision: str = "auto"


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
        penalty_images=32,
        epochs=8.0,
        batch_size=64,
        generator_rate=5e-4,
        discriminator_rate=5e-4,
        beta2=0.99,
        average_half_life=10_000,
    )
)
_add(
    ClassifierRecipe(
        name="cnn-fast",
        summary="our small classifier: 99% on MNIST in one epoch, 99.5% in five",
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
        raise BadInput(f"{path} is not valid TOML ({str(error).splitlines()[0]})") from error
    base = table.pop("base", None)
    if not isinstance(base, str):
        raise BadInput(f'{path} names no recipe to start from; begin it with base = "gan-fast", say')
    return override(recipes[base], table)


def find_recipe(name: str) -> Recipe:
    """The recipe of this name, or the one in the TOML file at this path."""
    return read_recipe(name) if name.endswith(".toml") else recipes[name]


def _typed(name: str, value: Any, kind: type) -> Any:
    if kind is int and isinstance(value, float) and value.is_integer():
        value = int(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadInput(f"{name} must be {'a number' if kind is not str else 'text'}, not {value!r}")
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
