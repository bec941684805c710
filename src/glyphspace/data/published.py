"""IdxFile: a file that somebody has published, and how to tell that it is the right one."""

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import UInt8

from ..core.errors import BadInput
from .idx import decode, unpack


@dataclass(frozen=True)
class Digest:
    """What a published file hashes to.

    Attributes:
        value: hexadecimal, as published.
        algorithm: SHA-256, or MD5 where nothing better is published.
        covers: "content" is the file without gzip, which may be packed anew; "file" is every byte of it.
    """

    value: str
    algorithm: Literal["sha256", "md5"] = "sha256"
    covers: Literal["content", "file"] = "content"

    def matches(self, content: bytes) -> bool:
        """Whether `content` hashes to the value."""
        return hashlib.new(self.algorithm, content, usedforsecurity=False).hexdigest() == self.value.lower()


@dataclass(frozen=True)
class IdxFile:
    """One IDX file of a dataset.

    Attributes:
        name: as published; in the catalogue without ".gz".
        digest: None where none is known; then only the format is checked.
    """

    name: str
    digest: Digest | None = None

    def decode(self, content: bytes, where: str) -> UInt8[np.ndarray, "..."]:
        """The array in `content`, once that is seen to be the published file; `where` is what an error calls it.

        Raises:
            BadInput: not IDX, or not the file that was published.
        """
        if self.digest is None:
            return decode(content, where)
        covered = content if self.digest.covers == "file" else unpack(content, where)
        if not self.digest.matches(covered):
            raise BadInput(f"{where} is not the {self.name} that was published: its {self.digest.algorithm} differs")
        return decode(covered, where)
