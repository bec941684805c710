"""The IDX format of MNIST and its successors: unsigned bytes with a shape, alone or in gzip.

A file is believed only as far as it can be checked: it is unpacked to the length that its header declares, and a
byte more or less is an error. Format: "The MNIST database of handwritten digits" (LeCun, Cortes, Burges).
"""

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from ..core.errors import BadInput
from ..core.files import read_bytes, write_bytes

GZIP = b"\x1f\x8b"
LARGEST = 1 << 30  # bytes; the largest published file, EMNIST ByClass, has 0.55 GB
_UNSIGNED_BYTES = b"\x00\x00\x08"  # then one byte: how many dimensions
_LONGEST_HEADER = 16


def read_idx(path: str | Path) -> UInt8[np.ndarray, "..."]:
    """The array in the IDX file at `path`: labels [n] or images [n, height, width].

    Raises:
        BadInput: the file cannot be read, or is not exactly one IDX array of unsigned bytes.
    """
    return decode(read_bytes(path), str(path))


def write_idx(path: str | Path, array: UInt8[np.ndarray, "..."]) -> None:
    """Write `array` to `path` as IDX, in gzip when the name ends in .gz."""
    content = encode(array)
    write_bytes(path, pack(content) if Path(path).suffix == ".gz" else content)


def decode(content: bytes, name: str) -> UInt8[np.ndarray, "..."]:
    """The array that the bytes of an IDX file hold; `name` is what an error calls the file.

    Raises:
        BadInput: `content` is not exactly one IDX array of unsigned bytes.
    """
    raw = unpack(content, name)
    shape = _shape(raw, name)
    return np.frombuffer(raw, np.uint8, offset=_header_length(shape)).reshape(shape).copy()


def encode(array: UInt8[np.ndarray, "..."]) -> bytes:
    """The bytes of an IDX file, without gzip, that holds labels [n] or images [n, height, width]."""
    if array.ndim not in (1, 3):
        raise BadInput(f"IDX here holds labels [n] or images [n, height, width], not an array of shape {array.shape}")
    return _UNSIGNED_BYTES + struct.pack(f">B{array.ndim}I", array.ndim, *array.shape) + array.tobytes()


def pack(raw: bytes) -> bytes:
    """`raw` in gzip, the same bytes at any time on any machine."""
    return gzip.compress(raw, compresslevel=6, mtime=0)


def unpack(content: bytes, name: str) -> bytes:
    """The bytes of an IDX file without gzip, exactly as many as its header declares.

    Raises:
        BadInput: the header is wrong, or the length is not what it declares.
    """
    header = _gunzip(content, _LONGEST_HEADER, name)[0] if content.startswith(GZIP) else content
    shape = _shape(header, name)
    length = _header_length(shape) + math.prod(shape)
    if length > LARGEST:
        raise BadInput(f"{name} declares {' × '.join(map(str, shape))} bytes, more than any dataset of this kind has")
    # One byte more than is due is asked for, so that a longer stream shows without being unpacked.
    raw, complete = _gunzip(content, length + 1, name) if content.startswith(GZIP) else (content, True)
    if len(raw) < length:
        raise BadInput(f"{name} is truncated: its header declares {length} bytes but it has {len(raw)}")
    if len(raw) > length or not complete:
        raise BadInput(f"{name} does not end where its header says, after {length} bytes")
    return raw


def _gunzip(content: bytes, limit: int, name: str) -> tuple[bytes, bool]:
    """At most `limit` bytes of what gzip holds, and whether stream and content both ended there."""
    raw = b""
    try:
        while True:
            stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            raw += stream.decompress(content, limit - len(raw))
            content = stream.unused_data
            if not stream.eof or not content.startswith(GZIP) or len(raw) >= limit:
                return raw, stream.eof and not content
    except zlib.error as error:
        raise BadInput(f"{name} is damaged: its gzip stream cannot be read") from error


def _shape(header: bytes, name: str) -> tuple[int, ...]:
    """The shape that a header declares."""
    if not header:
        raise BadInput(f"{name} is empty")
    if header[:3] != _UNSIGNED_BYTES or header[3:4] not in (b"\x01", b"\x03"):
        raise BadInput(f"{name} is not an IDX file of labels or grey images (it begins with {header[:4].hex()})")
    dimensions = header[3]
    if len(header) < 4 + 4 * dimensions:
        raise BadInput(f"{name} is truncated within its header")
    return struct.unpack_from(f">{dimensions}I", header, 4)


def _header_length(shape: tuple[int, ...]) -> int:
    return 4 + 4 * len(shape)
