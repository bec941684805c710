"""The digits that come with scikit-learn, 8×8 pixels in 17 greys, as 28×28 images: they need no network.

Optical Recognition of Handwritten Digits, Alpaydin and Kaynak, UCI Machine Learning Repository, 1998.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Integer, UInt8

from ..core.progress import Progress
from .idx import encode
from .published import IdxFile

# Of 1,797. Neighbours in the list were written by one hand, so a cut tests on other hands than a shuffle would.
TRAIN = 1437


@dataclass(frozen=True)
class ScikitLearnDigits:
    """The digits of the installed scikit-learn."""

    name: str = "scikit-learn"

    def obtain(self, wanted: Sequence[IdxFile], workspace: Path, progress: Progress) -> Iterator[tuple[IdxFile, bytes]]:
        from sklearn.datasets import load_digits  # takes a second to import

        digits = load_digits()
        images, labels = enlarge(digits.images.astype(np.int64)), digits.target.astype(np.uint8)
        arrays = {
            "train-images-idx3-ubyte": images[:TRAIN],
            "train-labels-idx1-ubyte": labels[:TRAIN],
            "t10k-images-idx3-ubyte": images[TRAIN:],
            "t10k-labels-idx1-ubyte": labels[TRAIN:],
        }
        for file in wanted:
            yield file, encode(arrays[file.name])


def enlarge(images: Integer[np.ndarray, "n 8 8"]) -> UInt8[np.ndarray, "n 28 28"]:
    """8×8 images of values 0 to 16 as 28×28 of 0 to 255, the digit in the 20×20 pixels where MNIST has it.

    Bilinear, with empty ground around the 8×8 pixels, in whole numbers: the same bytes on every machine.
    """
    # Pixel j of 28 lies at (j - 13.5) * 8 / 20 + 3.5 among the 8; its tent weights are counted in tenths.
    weights = np.maximum(0, 10 - np.abs(4 * np.arange(28)[:, None] - 19 - 10 * np.arange(8)))
    enlarged: np.ndarray = (weights @ images @ weights.T * 255 + 800) // 1600
    return enlarged.astype(np.uint8)
