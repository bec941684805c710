"""Figures that are measured one by one: what a file holds of the same question is kept, and not measured again.

What another machine measured is not gone on with unawares, as in the files that come with the source: whoever wants it
so names the file with `--json`.
"""

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from glyphspace.core.files import read_json, write_json

from . import common
from .common import asked, figures_file, machine, place


def parser(description: str, name: str) -> argparse.ArgumentParser:
    """A parser with the options that every such benchmark has."""
    made = common.parser(description, name)
    made.add_argument("--afresh", action="store_true", help="begin the file of figures anew, whatever it holds")
    return made


class Kept:
    """The file of figures of a benchmark that may be stopped and gone on with, on a busier day or at a later commit.

    Attributes:
        found: the figures that were there.
        machines: where and how each of them was measured, by a name of its own.
    """

    def __init__(self, arguments: argparse.Namespace, *free: str) -> None:
        """`free` are the options that may differ from run to run, since they only say which figures are wanted."""
        self.file, self.asked = figures_file(arguments), asked(arguments)
        self.found: dict[str, Any] = {}
        self.machines: dict[str, Any] = {}
        if arguments.afresh or not self.file.exists():
            return
        before = read_json(self.file)
        self.found = before["found"]
        self.machines = before.get("machines") or {"the earlier ones": before["machine"]}
        places = {place(where) for where in self.machines.values()}
        if arguments.json is None and place(machine()) not in places:
            self._refuse(f"of another machine ({'; '.join(sorted(places))})")
        for name, value in self.asked.items():
            known = before.get("asked", {}).get(name, value)  # what could not be asked for then is as it was
            if name not in free and known != value:
                self._refuse(f"with {name} {known}, not {value}")
            if name in free and isinstance(value, list):  # the file is asked for both
                self.asked[name] = [*value, *(each for each in known if each not in value)]

    def add(self, name: str, found: Mapping[str, Any], where: Mapping[str, Any]) -> None:
        """Write all that was found, now that `name` has been measured on the machine `where`."""
        self.machines[name] = dict(where)
        whole = {"asked": self.asked, "machine": dict(where), "machines": self.machines}
        write_json(self.file, {**whole, "found": dict(found)})

    def _refuse(self, what: str) -> None:
        sys.exit(f"{self.file} holds figures {what}; put yours in another (--json FILE), or begin it anew (--afresh)")
