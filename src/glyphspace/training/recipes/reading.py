"""Recipes as people give them: a name, a TOML file, single fields that differ; each value is checked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_type_hints

from ...core.errors import BadInput, UnknownName
from ...core.files import read_bytes
from .recipe import Recipe, recipes

LEAST = {"batch_size": 2, "penalty_every": 1, "penalty_images": 1}  # batch norm has nothing to say of one image
MOST = 1e12  # of any number of a recipe; no run would end, or stay finite, with more

PARTS = {  # of which part each of these is a setting
    "auxiliary_weight": "auxiliary",
    "reward_weight": "reward",
    "reward_classifier": "reward",
    "penalty_weight": "penalty",
    "penalty_every": "penalty",
    "penalty_images": "penalty",
    "teacher_certainty": "teacher",
}
ABSENT = ("none", "")  # parts that are not there


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


def check_parts(recipe: Recipe, base: Recipe, changed: Iterable[str]) -> None:
    """Refuse a recipe in which a setting was changed of a part that it has not: it would have no effect.

    Raises:
        BadInput: names the setting.
    """
    for name in changed:
        if is_idle(recipe, name) and getattr(recipe, name) != getattr(base, name):
            part = PARTS[name]
            raise BadInput(f"{name} is a setting of the {part}, and the recipe has none; name one, or leave it out")


def is_idle(recipe: Recipe, name: str) -> bool:
    """Whether this field is a setting of a part that the recipe has not."""
    return name in PARTS and getattr(recipe, PARTS[name]) in ABSENT


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
        recipe = override(recipes[base], table)
        check_parts(recipe, recipes[base], table)
        return recipe
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
    for item in fields(recipe):
        value = getattr(recipe, item.name)
        if isinstance(value, str):
            continue
        if not LEAST.get(item.name, 0) <= value <= MOST:
            raise BadInput(f"{item.name} cannot be {value}; give from {LEAST.get(item.name, 0):g} to {MOST:g}")
    for name in ("beta1", "beta2", "label_smoothing"):
        if not 0 <= getattr(recipe, name, 0.0) < 1:
            raise BadInput(f"{name} must lie in [0, 1), not {getattr(recipe, name)}")
    return recipe
