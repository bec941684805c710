"""The command that asks a benchmark for what a file of figures holds."""

import shlex
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from .common import asked


def command(name: str, found: Mapping[str, Any]) -> str:
    """The benchmark of this name, with the options that are not as they are by default."""
    words = ["python", "-m", f"benchmarks.{name}"]
    defaults = asked(import_module(f".{name}", __package__).options().parse_args([]))
    for option, default in defaults.items():
        value = found.get(option, default)
        if value != default:
            words += [f"--{option.replace('_', '-')}", *map(str, value if isinstance(value, list) else [value])]
    return shlex.join(words)
