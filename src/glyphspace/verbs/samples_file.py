"""The file that labelled samples are written to: arrays for numpy, or a sheet to look at."""

from pathlib import Path

from ..core.errors import BadInput
from ..core.pictures import save_png
from ..figures.grids import image_grid
from ..latent.labelled import LabelledLatents
from ..latent.save import save_samples

COLUMNS = 16  # of a sheet, at most


def check_samples_file(out: str | Path | None) -> None:
    """`BadInput` unless `out` is None or ends in .npz or .png; to be asked before any work is done."""
    if out is not None and Path(out).suffix not in (".npz", ".png"):
        raise BadInput(f"{out} must end in .npz, for arrays, or in .png, for a sheet")


def write_samples(out: str | Path, samples: LabelledLatents) -> None:
    """Write samples as their file's ending says: as `save_samples` does, or as a sheet of images.

    Raises:
        BadInput: another ending, or the file cannot be written.
    """
    check_samples_file(out)
    if Path(out).suffix == ".npz":
        save_samples(out, samples)
    else:
        save_png(out, image_grid(samples.images.numpy(), min(COLUMNS, len(samples))))
