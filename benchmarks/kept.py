"""Figures that are measured one by one: what a file holds of the same question is kept, and not measured again."""

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from glyphspace.core.files import read_json, write_json

from .common import asked


class Kept:
    """The file of figures of a benchmark that may be stopped and gone on with, on a busier day or at a later commit.

    Attributes:
        found: the figures that were there.
        machines: where and how each of them was measured, by a name of its own.
    """

    def __init__(self, arguments: argparse.Namespace, *free: str) -> None:
        """`free` are the options that may differ from run to run, since they only say which figures are wanted."""
        self.arguments = arguments
        self.found: dict[str, Any] = {}
        self.machines: dict[str, Any] = {}
        if not arguments.json.exists():
            return
        before = read_json(arguments.json)
        for name, value in asked(arguments).items():
            known = before.get("asked", {}).get(name, value)  # what could not be asked for then is as it was
            if name not in free and known != value:
                sys.exit(f"{arguments.json} holds figures with {name} {known}, not {value}; choose another --json")
        self.found = before["found"]
        self.machines = before.get("machines") or {"the earlier ones": before["machine"]}

    def add(self, name: str, found: Mapping[str, Any], where: Mapping[str, Any]) -> None:
        """Write all that was found, now that `name` has been measured on the machine `where`."""
        self.machines[name] = dict(where)
        whole = {"asked": asked(self.arguments), "machine": dict(where), "machines": self.machines}
        write_json(self.arguments.json, {**whole, "found": dict(found)})
