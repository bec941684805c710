"""Loading by name or path, and listing what there is."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from .catalogue import catalogue
from .fetch import is_cached, keep_files, read_files
from .folders import load_folder
from .images import LabelledImages
from .stacked import CHANNELS, PREFIX, stack, unstacked
from .subsets import union

NAME = r"[\w-]+"  # what may stand before the equals sign, to call a dataset so


def load_dataset(
    name_or_path: str, split: str = "train", *, folder: str | Path | None = None, progress: Progress = silent
) -> LabelledImages:
    """One split of a dataset, whole in memory.

    Args:
        name_or_path: a name of the catalogue, or one with "stacked-" before it (see `stacked`); or the path of a folder
            with a `dataset.toml`, of such a file, or of a folder of class-named image folders; or several of these
            joined by "+", whose union is meant. With "name=" before it, that is what the dataset is called:
            "letters=path/to/files".
        split: "train" or "test".
        folder: where files of the catalogue's datasets are looked for first.
        progress: told of downloads.

    Raises:
        UnknownName: neither a name nor a path; the nearest names are suggested.
        Unavailable: none of the dataset's sources has it.
        BadInput: a file is not what it should be.
    """
    name, what = _named(name_or_path)
    parts = [what] if _is_one(what) else what.split("+")
    loaded = [_load_one(part, split, folder, progress) for part in parts]
    images = loaded[0] if len(loaded) == 1 else union(*loaded)
    name = name or "+".join(part.name.removesuffix(f"/{split}") for part in loaded)
    return replace(images, name=f"{name}/{split}")


def fetch_dataset(name: str, *, folder: str | Path | None = None, progress: Progress = silent) -> None:
    """Have every file of the catalogue's dataset `name` in the cache; raises like `load_dataset`."""
    keep_files(catalogue[unstacked(name) or name], folder=folder, progress=progress)


@dataclass(frozen=True)
class Listing:
    """What a list of datasets tells of one: `images` counts each split, `cached` is whether the cache has it."""

    name: str
    title: str
    classes: int
    images: dict[str, int | None]
    cached: bool


def list_datasets() -> list[Listing]:
    """The catalogue as a table, and after it what is stacked from it to count modes on."""
    published = [
        Listing(
            name=dataset.name,
            title=dataset.title,
            classes=len(dataset.classes),
            images={name: split.count for name, split in dataset.splits.items()},
            cached=is_cached(dataset),
        )
        for dataset in catalogue.values()
    ]
    (mnist,) = (one for one in published if one.name == "mnist")
    title = "Stacked MNIST: three digits as the channels of one image, to count modes on"
    return [*published, replace(mnist, name=f"{PREFIX}mnist", title=title, classes=mnist.classes**CHANNELS)]


def _named(text: str) -> tuple[str, str]:
    """The name and the rest of "name=what"; of anything else no name, and all of it."""
    found = re.fullmatch(rf"({NAME})=(.+)", text)
    return (found[1], found[2]) if found and not _exists(text) else ("", text)


def _is_one(name_or_path: str) -> bool:
    return "+" not in name_or_path or name_or_path in catalogue or _exists(name_or_path)


def _load_one(name_or_path: str, split: str, folder: str | Path | None, progress: Progress) -> LabelledImages:
    if name_or_path not in catalogue and _exists(name_or_path):
        return load_folder(name_or_path, split)
    if "/" in name_or_path or name_or_path.endswith(".toml"):
        raise BadInput(f"there is no folder or file {name_or_path}")
    if inner := unstacked(name_or_path):
        return stack(_load_one(inner, split, folder, progress))
    dataset = catalogue[name_or_path]
    files = dataset.split(split)
    arrays = read_files(dataset, (files.images, files.labels), folder=folder, progress=progress)
    return dataset.assemble(split, arrays.__getitem__)


def _exists(path: str) -> bool:
    try:
        return bool(path) and Path(path).exists()
    except OSError:  # such as a name too long for any path
        return False
