"""Where published files come from over the network: mirrors of single files, and archives of many.

Nothing is trusted for where it came from: the files are verified by whoever asked for them, so that a mirror over
plain HTTP is as good as any. Sources in packages live in `packages`.
"""

import hashlib
import http.client
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from ..core.errors import Unavailable
from ..core.progress import Progress
from .published import IdxFile

TIMEOUT = 20  # seconds without a byte
LARGEST_FILE = 256 << 20  # bytes; the largest in the catalogue has 57 MiB
LARGEST_ARCHIVE = 1 << 30
_CHUNK = 1 << 18


@runtime_checkable
class Source(Protocol):
    """A place that has files of a dataset."""

    @property
    def name(self) -> str:
        """What to call it in a line that lists what was tried."""

    def obtain(self, wanted: Sequence[IdxFile], workspace: Path, progress: Progress) -> Iterator[tuple[IdxFile, bytes]]:
        """Each wanted file with its bytes, raw or in gzip; `workspace` is an empty folder for what comes between.

        Raises:
            Unavailable: the place cannot be reached or does not have a file; the message says why in a few words.
        """


@dataclass(frozen=True)
class Mirror:
    """A folder on the web that holds each file as NAME.gz."""

    address: str

    @property
    def name(self) -> str:
        return urlsplit(self.address).netloc

    def obtain(self, wanted: Sequence[IdxFile], workspace: Path, progress: Progress) -> Iterator[tuple[IdxFile, bytes]]:
        for file in wanted:
            yield file, b"".join(download(f"{self.address}{file.name}.gz", LARGEST_FILE, progress))


@dataclass(frozen=True)
class Archive:
    """A zip on the web that holds each file as FOLDER/NAME.gz; it is too large for memory and passes over the disk."""

    address: str
    md5: str
    folder: str

    @property
    def name(self) -> str:
        return urlsplit(self.address).netloc

    def obtain(self, wanted: Sequence[IdxFile], workspace: Path, progress: Progress) -> Iterator[tuple[IdxFile, bytes]]:
        path = workspace / "archive.zip"
        digest = hashlib.md5(usedforsecurity=False)
        with path.open("wb") as whole:
            for chunk in download(self.address, LARGEST_ARCHIVE, progress):
                digest.update(chunk)
                whole.write(chunk)
        if digest.hexdigest() != self.md5:
            raise Unavailable("the archive is not the published one")
        for file in wanted:
            yield file, read_member(path, f"{self.folder}/{file.name}.gz")


def download(address: str, limit: int, progress: Progress) -> Iterator[bytes]:
    """What the address serves, chunk by chunk, at most `limit` bytes.

    Raises:
        Unavailable: no connection, an error status, a connection that breaks off, or too many bytes.
    """
    name, done = Path(urlsplit(address).path).name, 0
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "glyphspace"})
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            total = int(response.headers["Content-Length"] or 0) or None
            while chunk := response.read(_CHUNK):
                done += len(chunk)
                if done > limit:
                    raise Unavailable(f"{name} is larger than the published file")
                progress(done, total, name)
                yield chunk
    except urllib.error.HTTPError as error:
        raise Unavailable(f"{name}: {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unavailable(_reason(error)) from error
    if total and done < total:
        raise Unavailable(f"{name} broke off after {done} of {total} bytes")


def read_member(archive: Path, name: str) -> bytes:
    """The bytes of the file `name` in a zip (a wheel is one too); `Unavailable` when it cannot be had whole."""
    try:
        with zipfile.ZipFile(archive) as members:
            if members.getinfo(name).file_size > LARGEST_FILE:
                raise Unavailable(f"{name} is larger than the published file")
            return members.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        raise Unavailable(f"{archive.name} has no whole {name}") from error


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return str(cause).lower() or type(cause).__name__
