"""`dataset.toml`: the description of a dataset of your own, whose IDX files lie beside it.

For example, where all that follows the title may be left out, and the title too:

    name = "my-letters"
    classes = ["A", "B"]
    images = { train = "train-images.gz", test = "test-images.gz" }
    labels = { train = "train-labels.gz", test = "test-labels.gz" }
    title = "Letters of mine"
    first_label = 1             # the label of "A" in the files; else 0
    ignore_label = 255          # images with this label are left out
    transposed = true           # rows and columns are swapped in the files

    [sha256]                    # of the files as they lie there
    "train-images.gz" = "cb282b8321cb1db631fb1aa8f42e6fc9eaa8098c5af6f86b6bd5124b4781425f"
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import BadInput, UnknownName
from ..core.files import read_bytes
from .dataset import Dataset, IdxSplit
from .images import LabelledImages
from .published import Digest, IdxFile

_REQUIRED: dict[str, type] = {"name": str, "classes": list, "images": dict, "labels": dict}
_OPTIONAL: dict[str, type] = {
    "title": str,
    "first_label": int,
    "ignore_label": int,
    "transposed": bool,
    "sha256": dict,
}

_NEEDED = {
    str: "a string",
    int: "a whole number",
    bool: "true or false",
    list: "a list of strings",
    dict: "a table of strings",
}


def load_described(description: Path, split: str) -> LabelledImages:
    """One split of the dataset that the TOML file `description` describes.

    Raises:
        BadInput: the description is wrong, a file is missing or outside its folder, or is not what it should be.
        UnknownName: no such split, or a field that is not known.
    """
    folder = description.parent.resolve()

    def read(file: IdxFile) -> np.ndarray:
        try:
            path = (folder / file.name).resolve()
        except (ValueError, RuntimeError) as error:  # a zero byte, or links that lead to each other
            raise BadInput(f"{description} names {file.name!r}, which is no file") from error
        if not path.is_relative_to(folder):
            raise BadInput(f"{description} names {file.name}, which lies outside its folder")
        if not path.is_file():
            raise BadInput(f"{description} names {file.name}, but there is no such file beside it")
        return file.decode(read_bytes(path), str(path))

    return read_description(description).assemble(split, read)


def read_description(path: Path) -> Dataset:
    """The dataset that a TOML file describes.

    Raises:
        BadInput: not TOML; or a field is missing, of another type, or at odds with another.
        UnknownName: a field that is not known, most likely a misspelt one.
    """
    table = _checked_table(path)
    classes = table["classes"]
    if not classes or len(set(classes)) < len(classes):
        raise BadInput(f"{path} needs a list of classes, each with a name of its own")
    if table["images"].keys() != table["labels"].keys():
        raise BadInput(f"{path} has images and labels for different splits")
    if not 0 <= table.get("first_label", 0) <= 255:
        raise BadInput(f"{path} has a first_label that is no byte, from 0 to 255")
    return Dataset(
        name=table["name"],
        title=table.get("title", table["name"]),
        classes=tuple(classes),
        splits={
            split: IdxSplit(_file(table, table["images"][split]), _file(table, table["labels"][split]))
            for split in table["images"]
        },
        first_label=table.get("first_label", 0),
        ignore_label=table.get("ignore_label"),
        transposed=table.get("transposed", False),
    )


def _file(table: dict[str, Any], name: str) -> IdxFile:
    value = table.get("sha256", {}).get(name)
    return IdxFile(name, Digest(value, covers="file") if value is not None else None)


def _checked_table(path: Path) -> dict[str, Any]:
    """The fields of a description, each of its type."""
    try:
        table = tomllib.loads(read_bytes(path).decode())
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path} is not valid TOML ({str(error).splitlines()[0]})") from error
    known = _REQUIRED | _OPTIONAL
    for name, value in table.items():
        if name not in known:
            raise UnknownName(f"field of {path}", name, known)
        if type(value) is not known[name] or not _only_strings(value):
            raise BadInput(f"{path} has a wrong {name}: {_NEEDED[known[name]]} is needed")
    if missing := [name for name in _REQUIRED if name not in table]:
        raise BadInput(f"{path} lacks {', '.join(missing)}")
    named = [*table["images"].values(), *table["labels"].values()]
    for name in table.get("sha256", {}):
        if name not in named:
            raise UnknownName(f"file in {path}", name, named)
    return table


def _only_strings(value: object) -> bool:
    parts: Iterable[object] = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return all(isinstance(part, str) for part in parts)
