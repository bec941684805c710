"""A folder of pictures as a dataset: one folder for each class, named as the class, with the pictures in it.

With `train` and `test` folders the class folders are in these; without, a sixth of each class is the test split. What
is hidden, and a folder without pictures, is passed over.
"""

from pathlib import Path

import numpy as np
import torch

from ..core.errors import BadInput, UnknownName
from ..core.randomness import derive_seed
from ..core.words import can_be_shown
from .glyphs import read_glyph
from .images import LabelledImages

SPLITS = ("train", "test")
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".pgm", ".ppm", ".pbm"})


def load_image_folders(folder: Path, split: str) -> LabelledImages:
    """One split of a folder of class-named image folders; each picture becomes a glyph (see `glyphs`).

    Raises:
        BadInput: there are no pictures, only one of `train` and `test`, or a file that is no image.
        UnknownName: `split` is neither "train" nor "test".
    """
    if split not in SPLITS:
        raise UnknownName(f"split of {folder}", split, SPLITS)
    pictures = _given_split(folder, split) if _is_split(folder) else _drawn_split(folder, split)
    if not any(pictures.values()):
        raise BadInput(
            f"{folder} has no {split} images: a folder for each class, with pictures in it "
            f"({', '.join(sorted(SUFFIXES))}), is needed"
        )
    images = [read_glyph(path) for paths in pictures.values() for path in paths]
    labels = [label for label, paths in enumerate(pictures.values()) for _ in paths]
    return LabelledImages(
        images=torch.from_numpy(np.stack(images)),
        labels=torch.tensor(labels, dtype=torch.int64),
        classes=tuple(pictures),
        name=f"{folder.resolve().name}/{split}",
    )


def has_pictures(folder: Path) -> bool:
    """Whether there are class folders with pictures in them, by their names."""
    parts = [folder / name for name in SPLITS if (folder / name).is_dir()] or [folder]
    return any(_pictures(path) for part in parts for path in _class_folders(part))


def _is_split(folder: Path) -> bool:
    there = [name for name in SPLITS if (folder / name).is_dir()]
    if len(there) == 1:
        raise BadInput(f"{folder} has a folder {there[0]} but not both of {' and '.join(SPLITS)}")
    return bool(there)


def _given_split(folder: Path, split: str) -> dict[str, list[Path]]:
    """The pictures of each class; a class that one of the splits lacks is still a class."""
    names = {path.name for part in SPLITS for path in _class_folders(folder / part) if _pictures(path)}
    return {name: _pictures(folder / split / name) for name in sorted(names, key=_natural)}


def _drawn_split(folder: Path, split: str) -> dict[str, list[Path]]:
    found = {path.name: _pictures(path) for path in _class_folders(folder)}
    return {name: _drawn(pictures, name, split) for name, pictures in found.items() if pictures}


def _drawn(pictures: list[Path], name: str, split: str) -> list[Path]:
    """The part of a class that falls to `split`; names and not contents decide, so that it is the same everywhere."""
    shuffled = sorted(pictures, key=lambda path: derive_seed(0, "image folder", name, path.name))
    tests = max(round(len(pictures) / 6), 1) if len(pictures) > 1 else 0
    return sorted(shuffled[:tests] if split == "test" else shuffled[tests:])


def _class_folders(folder: Path) -> list[Path]:
    folders = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    for path in folders:
        if not can_be_shown(path.name):
            raise BadInput(f"{folder} has a class {path.name!r}, which cannot be printed; give its folder another name")
    return sorted(folders, key=lambda path: _natural(path.name))


def _pictures(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    pictures = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in pictures if not path.name.startswith("."))  # as "._a.png" beside "a.png" on a Mac


def _natural(name: str) -> tuple[float, str]:
    """Sorts "9" before "10", and numbers before words."""
    return (float(name) if name.isdecimal() else float("inf"), name)
