"""Having a dataset's files at hand: the caller's folder, then the cache, then the dataset's sources in their order.

Every file is verified whenever it is read, and what is fetched is kept once in the cache. GLYPHSPACE_DATA names a
folder that is looked at first, GLYPHSPACE_CACHE another place for the cache.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import platformdirs

from ..core.errors import BadInput, Unavailable
from ..core.files import is_old, read_bytes, reason, write_bytes
from ..core.progress import Progress, silent
from .dataset import Dataset
from .idx import GZIP, pack
from .published import IdxFile

FETCHING = ".fetching-"  # what the folders of downloads under way begin with
_ELSEWHERE = "GLYPHSPACE_CACHE can name another folder for the cache"


def data_home() -> Path:
    """The cache: a folder with one folder for each dataset that was fetched, and one of what was measured of them."""
    return Path(os.environ.get("GLYPHSPACE_CACHE") or platformdirs.user_cache_dir("glyphspace"))


def is_cached(dataset: Dataset) -> bool:
    """Whether the cache has every file of the dataset."""
    with _disk_errors():
        return all(_cached(dataset, file).is_file() for file in dataset.files)


def read_files(
    dataset: Dataset, files: Sequence[IdxFile], *, folder: str | Path | None = None, progress: Progress = silent
) -> dict[IdxFile, np.ndarray]:
    """The verified arrays of `files`; when one is not at hand, all that the dataset lacks is fetched into the cache.

    Args:
        folder: looked at first, for NAME.gz, or NAME where its content has a known digest, in itself and in its folder
            that has the dataset's name.

    Raises:
        Unavailable: no source has a file; the line lists what was tried.
        BadInput: there is no such folder, or the cache cannot be used.
    """
    shelf = _Shelf(dataset, _first_folder(folder))
    with _disk_errors():
        arrays = shelf.read(files)
        if len(arrays) < len(files):
            shelf.fill(progress)
            arrays = shelf.read(files)
    return arrays


def keep_files(dataset: Dataset, *, folder: str | Path | None = None, progress: Progress = silent) -> None:
    """Have every file of the dataset in the cache, from a folder or from its sources; raises like `read_files`."""
    read_files(dataset, dataset.files, folder=folder, progress=progress)
    with _disk_errors():
        _Shelf(dataset, _first_folder(folder)).gather()


class _Shelf:
    """Where a dataset's files may lie on this machine, and a list of what was tried and was no good."""

    def __init__(self, dataset: Dataset, folder: Path | None) -> None:
        self.dataset = dataset
        self.folder = folder
        self.tried: list[str] = []

    def read(self, files: Sequence[IdxFile]) -> dict[IdxFile, np.ndarray]:
        """The arrays of those files that are at hand."""
        return {file: array for file in files if (array := self._read(file)) is not None}

    def fill(self, progress: Progress) -> None:
        """Fetch into the cache what is not at hand."""
        missing = [file for file in self.dataset.files if self._read(file) is None]
        for source in self.dataset.sources:
            try:
                with _workspace() as workspace:
                    for file, content in source.obtain(tuple(missing), workspace, progress):
                        self._keep(file, content)
                        missing.remove(file)
            except Unavailable as error:
                self.tried.append(f"{source.name}: {error}")
            if not missing:
                return
        raise Unavailable(
            f"{self.dataset.name} could not be had ({'; '.join(dict.fromkeys(self.tried))}); put "
            f"{', '.join(f'{file.name}.gz' for file in missing)} into a folder and set GLYPHSPACE_DATA to its path"
        )

    def gather(self) -> None:
        """Put what is at hand elsewhere into the cache."""
        for file in self.dataset.files:
            for path in filter(Path.is_file, self._paths(file)):
                if path == _cached(self.dataset, file):
                    continue
                with suppress(Unavailable):  # perhaps another place has the right one
                    self._keep(file, read_bytes(path))
                    break

    def _read(self, file: IdxFile) -> np.ndarray | None:
        for path in filter(Path.is_file, self._paths(file)):
            try:
                return file.decode(read_bytes(path), str(path))
            except BadInput as error:  # perhaps another place has the right one
                self.tried.append(str(error))
        return None

    def _paths(self, file: IdxFile) -> Iterator[Path]:
        if self.folder:
            for folder in (self.folder / self.dataset.name, self.folder):
                yield folder / f"{file.name}.gz"
                yield folder / file.name
        yield _cached(self.dataset, file)

    def _keep(self, file: IdxFile, content: bytes) -> None:
        try:
            file.decode(content, file.name)
        except BadInput as error:
            raise Unavailable(str(error)) from error
        try:
            write_bytes(_cached(self.dataset, file), content if content.startswith(GZIP) else pack(content))
        except BadInput as error:
            raise BadInput(f"{error}; {_ELSEWHERE}") from error


def _cached(dataset: Dataset, file: IdxFile) -> Path:
    return data_home() / dataset.name / f"{file.name}.gz"


def _first_folder(folder: str | Path | None) -> Path | None:
    chosen = folder or os.environ.get("GLYPHSPACE_DATA")
    if chosen and not Path(chosen).is_dir():
        raise BadInput(f"there is no folder {chosen} to take data from")
    return Path(chosen) if chosen else None


@contextmanager
def _workspace() -> Iterator[Path]:
    """An empty folder on the cache's disk, gone when the block ends."""
    data_home().mkdir(parents=True, exist_ok=True)
    for left in filter(is_old, data_home().glob(f"{FETCHING}*")):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=FETCHING, dir=data_home(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Sources tell their own troubles as `Unavailable`; any `OSError` that is left is the cache's."""
    try:
        yield
    except OSError as error:
        raise BadInput(f"cannot use the cache {data_home()}: {reason(error)}; {_ELSEWHERE}") from error
