"""Frozen dataclasses, back from what `asdict` and JSON made of them."""

from dataclasses import is_dataclass
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints


def revived(kind: Any, value: Any) -> Any:
    """The dataclass of type `kind` that was turned into `value`: of numbers, text, tuples, or None, and of its like.

    Raises:
        KeyError, TypeError: `value` came from another dataclass.
    """
    if is_dataclass(kind):
        return kind(**{name: revived(hint, value[name]) for name, hint in get_type_hints(kind).items()})  # type: ignore[operator]
    if value is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(value)
    choices = [each for each in get_args(kind) if each is not NoneType]
    return revived(choices[0], value) if choices else value
