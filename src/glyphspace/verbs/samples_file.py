"""The file that samples are written to: arrays for numpy, or a sheet to look at."""

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from ..core.errors import BadInput
from ..core.pictures import save_png
from ..figures.grids import image_grid
from ..latent.save import save_arrays

COLUMNS = 16  # of a sheet, at most
LONGEST_SHEET = 10_000  # images


def check_samples_file(out: str | Path | None, count: int = 0) -> None:
    """`BadInput` unless `out` is None or ends in .npz or .png, and `count` fit on a sheet; before any work is done."""
    if out is not None and Path(out).suffix not in (".npz", ".png"):
        raise BadInput(f"{out} must end in .npz, for arrays, or in .png, for a sheet")
    if out is not None and Path(out).suffix == ".png" and count > LONGEST_SHEET:
        raise BadInput(f"a sheet of {count:,} images is too long; ask for {LONGEST_SHEET:,} or fewer, or for .npz")


def write_samples(out: str | Path, arrays: Mapping[str, Tensor]) -> None:
    """Write samples as their file's ending says: all their arrays, or a sheet of their `images`.

    Raises:
        BadInput: another ending, or the file cannot be written.
    """
    check_samples_file(out)
    if Path(out).suffix == ".npz":
        save_arrays(out, arrays)
    else:
        images = arrays["images"].numpy()
        save_png(out, image_grid(images, min(COLUMNS, len(images))))
