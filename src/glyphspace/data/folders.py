"""Datasets of your own, by their path: described by a `dataset.toml`, or simply images in a folder for each class."""

from pathlib import Path

from ..core.errors import BadInput
from ..core.files import reason
from .descriptions import load_described
from .image_folders import has_pictures, load_image_folders
from .images import LabelledImages


def load_folder(path: str | Path, split: str) -> LabelledImages:
    """One split of the dataset at `path`.

    Args:
        path: a `.toml` description, a folder with a `dataset.toml`, or a folder of class-named image folders.
        split: "train" or "test".

    Raises:
        BadInput: the path is none of these, the description is wrong, or a file is not what it should be.
        UnknownName: the dataset has no such split.
    """
    path = Path(path)
    try:
        if path.suffix == ".toml":
            return load_described(path, split)
        if not path.is_dir():
            raise BadInput(f"{path} is no dataset: neither a folder nor a .toml file that describes one")
        description = path / "dataset.toml"
        return load_described(description, split) if description.exists() else load_image_folders(path, split)
    except OSError as error:  # a folder that may not be looked into
        raise BadInput(f"cannot read {path}: {reason(error)}") from error


def is_dataset(path: str | Path) -> bool:
    """Whether `load_folder` would find something at `path`; nothing is read of it, so that it may still be damaged."""
    path = Path(path)
    try:
        if path.suffix == ".toml":
            return path.is_file()
        return (path / "dataset.toml").is_file() or (path.is_dir() and has_pictures(path))
    except OSError:  # may not be looked into, or a name too long for any path
        return False
