"""The one place that reads and writes: bytes, text and JSON, each whole or not at all.

A file that matters is written beside its place, flushed to the disk and moved into it, so a reader sees the old
file or the new one and never half of one. Nothing that is read here is ever run as code.
"""

import json
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .errors import BadInput

Json = dict[str, Any]
DAY = 86_400  # seconds
LONGEST_NAME = 60  # characters of a name that its temporary one begins with; what no system takes is longer


def reason(error: OSError) -> str:
    """What the operating system says of `error`, as a few words."""
    return (error.strerror or str(error) or type(error).__name__).lower()


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """A temporary path beside `path` that becomes `path` when the block ends well, and vanishes when it does not.

    Of a link it is the file that it leads to.

    Raises:
        BadInput: the folder cannot be written, the disk is full, or `path` is a device or a pipe, which would be lost.
    """
    path = _target(Path(path))
    temporary = path.with_name(f".{path.name[:LONGEST_NAME]}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except FileExistsError as error:
        raise BadInput(f"cannot write {path}: {path.parent} is not a folder") from error
    except OSError as error:
        raise BadInput(f"cannot write {path}: {reason(error)}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _target(path: Path) -> Path:
    """What is to be written when `path` is."""
    if not path.name or "\0" in str(path):
        raise BadInput(f"cannot write {str(path)!r}: it names no file")
    try:
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        odd = target.is_symlink() or (path.exists() and not path.is_file() and not path.is_dir())
    except OSError as error:
        raise BadInput(f"cannot write {path}: {reason(error)}") from error
    if odd:
        raise BadInput(f"cannot write {path}: it is no plain file")
    return target


def leftovers(folder: Path) -> list[Path]:
    """The temporary files below `folder` of writes that were killed."""
    return [path for path in folder.rglob(".*.part") if re.fullmatch(r"\..+\.[0-9a-f]{8}\.part", path.name)]


def is_old(path: Path) -> bool:
    """Whether nobody has written there for a day, so that whoever began must have been killed."""
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > DAY
    return False


def write_bytes(path: str | Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all."""
    with atomic(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: str | Path, content: str) -> None:
    """Write `content` to `path` as UTF-8, whole or not at all."""
    write_bytes(path, content.encode(errors="backslashreplace"))  # of names that are no text


def write_json(path: str | Path, content: Any) -> None:
    """Write `content` to `path` as indented JSON, whole or not at all."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def read_bytes(path: str | Path) -> bytes:
    """The bytes of the file at `path`; `BadInput` when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"cannot read {path}: {reason(error)}") from error
    except ValueError as error:  # a path with a zero byte in it
        raise BadInput(f"cannot read {str(path)!r}: it names no file") from error


def read_json(path: str | Path) -> Json:
    """The JSON object in the file at `path`; `BadInput` when there is none."""
    return json_object(read_bytes(path), str(path))


def json_object(content: bytes, name: str) -> Json:
    """The JSON object in `content`, which came from `name`; `BadInput` when there is none."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name} does not hold valid JSON ({first_line(error)})") from error
    if not isinstance(value, dict):
        raise BadInput(f"{name} does not hold a JSON object")
    return value


def first_line(error: BaseException) -> str:
    """The first line of what `error` says, short enough to stand in a line of ours."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:120]
