"""Tables too long for the memory: a safetensors file that is written by parts, in order, and read by parts.

Each column is a tensor with as many rows as the others, so anybody's safetensors reads the file too. While it grows it
lies beside its place, ends with the number of rows that are whole, and can be gone on with after a kill. (A .npy file
holds one column and no header; a file of parts needs an index; here the offset of a row is a multiplication.)
"""

import json
import math
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import torch
from torch import Tensor

from .alone import alone
from .errors import BadInput
from .files import Json, json_object, reason
from .tensors import HEADER

KINDS = {"F32": torch.float32, "U8": torch.uint8, "I64": torch.int64}
NUMPY = {"F32": np.float32, "U8": np.uint8, "I64": np.int64}
LONGEST_HEADER = 1 << 20  # bytes
COUNTER = struct.Struct("<Q")  # at the end of a file that still grows

Rows = slice | Tensor  # which rows to read: a stretch of them, or int64 [k]


@dataclass(frozen=True)
class Column:
    """A column as it lies in the file: the kind and shape of a row, and where the first one begins."""

    kind: str
    shape: tuple[int, ...]
    offset: int = 0

    @property
    def width(self) -> int:
        """Bytes of a row."""
        return math.prod(self.shape) * KINDS[self.kind].itemsize


@dataclass(frozen=True)
class Table:
    """A whole file of rows, of which nothing is in memory but its header.

    Attributes:
        path: of the file.
        count: how many rows each column has.
        columns: by name.
        header: whatever the writer said of it.
    """

    path: Path
    count: int
    columns: Mapping[str, Column]
    header: Json

    def read(self, name: str, rows: Rows) -> Tensor:
        """These rows of a column, as a tensor of its own.

        Raises:
            BadInput: the file has no such column, or cannot be read any more.
        """
        if name not in self.columns:
            raise BadInput(f"{self.path} has no {name!r}; it has: {', '.join(self.columns)}")
        column = self.columns[name]
        try:
            shape = (self.count, *column.shape)
            mapped = np.memmap(self.path, NUMPY[column.kind], mode="r", offset=column.offset, shape=shape)
        except (OSError, ValueError) as error:
            raise BadInput(f"cannot read {self.path}: it has changed since it was opened") from error
        return torch.from_numpy(np.array(mapped[rows if isinstance(rows, slice) else rows.numpy()]))


@dataclass
class Growing:
    """A file of rows that is being written; `done` of its `count` rows are whole."""

    file: BinaryIO
    count: int
    columns: Mapping[str, Column]
    done: int

    def append(self, rows: Mapping[str, Tensor]) -> None:
        """Write the next rows of every column; after this they outlast a kill."""
        size = len(next(iter(rows.values())))
        for name, column in self.columns.items():
            part = rows[name]
            if part.shape != (size, *column.shape) or part.dtype != KINDS[column.kind] or self.done + size > self.count:
                raise ValueError(f"{part.dtype} {list(part.shape)} are no rows of {name!r}, {column}")
            self._write(column.offset + self.done * column.width, part.contiguous().numpy().tobytes())
        os.fsync(self.file.fileno())
        self.done += size
        self._write(_end(self.columns, self.count), COUNTER.pack(self.done))

    def _write(self, offset: int, content: bytes) -> None:
        self.file.seek(offset)
        self.file.write(content)
        self.file.flush()


@contextmanager
def growing(path: str | Path, columns: Mapping[str, Column], count: int, header: Json) -> Iterator[Growing]:
    """A file for `count` rows that becomes `path` when the block ends with all of them written.

    A block that ends sooner leaves what is whole beside `path`; with the same arguments it goes on from there.

    Raises:
        BadInput: somebody else is writing this file, the folder cannot be written, or the disk is full.
    """
    path = Path(path)
    part = path.with_name(f".{path.name}.growing")
    opening, columns = _lay_out(columns, count, header)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(part, f"{part} is being written already; wait for that to end, or choose another file"):
            done = _whole_rows(part, opening, _end(columns, count), count)
            with part.open("r+b" if done else "wb") as file:
                grown = Growing(file, count, columns, done)
                if not done:
                    grown._write(0, opening)
                    grown._write(_end(columns, count), COUNTER.pack(0))
                yield grown
                if grown.done < count:
                    return
                file.truncate(_end(columns, count))
                os.fsync(file.fileno())
            part.replace(path)
    except FileExistsError as error:
        raise BadInput(f"cannot write {path}: {path.parent} is not a folder") from error
    except OSError as error:
        raise BadInput(f"cannot write {path}: {reason(error)}") from error


def open_table(path: str | Path, of: str = "rows") -> Table:
    """The file of rows at `path`; errors call it a file `of` what the rows are.

    Raises:
        BadInput: it is missing, not whole, or was not written by `growing`.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            start, size = file.read(8), os.fstat(file.fileno()).st_size
            length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
            if not 2 <= length <= LONGEST_HEADER:
                raise BadInput(f"{path} is no file of {of}")
            described = json_object(file.read(length), str(path))
    except OSError as error:
        raise BadInput(f"cannot read {path}: {reason(error)}") from error
    except ValueError as error:
        raise BadInput(f"cannot read {str(path)!r}: it names no file") from error
    try:
        return _table(path, described, 8 + length, size)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"{path} is no whole file of {of}") from error


def _table(path: Path, described: Json, start: int, size: int) -> Table:
    header = json_object(described.pop("__metadata__")[HEADER].encode(), str(path))
    columns, counts, end = {}, set(), start
    for name, entry in sorted(described.items(), key=lambda item: item[1]["data_offsets"]):
        count, *shape = entry["shape"]
        if not all(type(number) is int and 0 <= number < 1 << 40 for number in entry["shape"]):
            raise ValueError(name)
        columns[name] = Column(entry["dtype"], tuple(shape), end)
        if entry["data_offsets"] != [end - start, end - start + count * columns[name].width]:
            raise ValueError(name)
        end += count * columns[name].width
        counts.add(count)
    if len(counts) != 1 or end != size:
        raise ValueError("rows are missing")
    return Table(path, counts.pop(), columns, header)


def _lay_out(columns: Mapping[str, Column], count: int, header: Json) -> tuple[bytes, dict[str, Column]]:
    """The bytes that the file opens with, and the columns where they lie after these."""
    described: Json = {"__metadata__": {HEADER: json.dumps(header, sort_keys=True, ensure_ascii=False)}}
    ends, end = {}, 0
    for name, column in columns.items():
        ends[name] = (end, end + count * column.width)
        described[name] = {"dtype": column.kind, "shape": [count, *column.shape], "data_offsets": ends[name]}
        end = ends[name][1]
    text = json.dumps(described, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)  # the format wants the tensors to begin at a multiple of 8
    start = 8 + len(text)
    placed = {name: Column(column.kind, column.shape, start + ends[name][0]) for name, column in columns.items()}
    return struct.pack("<Q", len(text)) + text, placed


def _end(columns: Mapping[str, Column], count: int) -> int:
    return max(column.offset + count * column.width for column in columns.values())


def _whole_rows(part: Path, opening: bytes, end: int, count: int) -> int:
    """How many rows a file that was left unfinished holds: 0 when there is none, or it was begun for other rows."""
    if not part.exists():
        return 0
    with part.open("rb") as file:
        if file.read(len(opening)) != opening:
            return 0
        file.seek(end)
        counter = file.read(COUNTER.size + 1)
    whole = int(COUNTER.unpack(counter)[0]) if len(counter) == COUNTER.size else 0
    return whole if whole <= count else 0
