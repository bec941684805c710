"""The sample sheets that a run keeps while it trains, and the film that they make."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image
from torch import Tensor

from ..core.errors import BadInput
from ..core.files import write_bytes
from ..core.pictures import save_png
from ..figures.evolution import evolution_gif
from ..figures.grids import image_grid
from ..training.loop import Watcher, is_collapsed
from ..training.run import RunFolder
from ..training.state import Splits

COLUMNS = 8


def keeping_frames(watcher: Watcher, folder: RunFolder, splits: Splits, per_epoch: int) -> Watcher:
    """`watcher`, with each sample sheet kept in the folder and, from the first epoch on, looked at for collapse."""
    some = splits.train.images[:64]

    def keep(step: int, images: Tensor) -> None:
        save_png(folder.frame(step), image_grid(images.numpy(), COLUMNS, scale=1, padding=0))
        if step >= per_epoch and is_collapsed(images, some):
            watcher.alarm(f"step {step}: all samples look alike; the generator has collapsed")
        watcher.drawn(step, images)

    return replace(watcher, drawn=keep)


def draw_evolution(folder: RunFolder, per_epoch: int) -> None:
    """How the samples of a run came to be, as evolution.gif, and the last of its sheets, as samples.png."""
    frames = load_frames(folder.path)
    if not frames:
        return
    sheets = [image_grid(images, COLUMNS) for _, images in frames]
    captions = [f"epoch {step / per_epoch:.2f}" for step, _ in frames]
    write_bytes(folder.path / "evolution.gif", evolution_gif(sheets, captions))
    save_png(folder.path / "samples.png", sheets[-1])


def load_frames(folder: str | Path) -> list[tuple[int, np.ndarray]]:
    """The steps and the images, uint8 [64, 28, 28], of a run's sample sheets; of stacked ones [64, 28, 84].

    Raises:
        BadInput: a sheet is damaged.
    """
    return [(int(path.stem), _tiles(path)) for path in RunFolder(Path(folder)).frames()]


def _tiles(path: Path) -> np.ndarray:
    try:
        with Image.open(path, formats=("PNG",)) as sheet:
            tiles = np.asarray(sheet.convert("L")).reshape(-1, 28, COLUMNS, sheet.width // COLUMNS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadInput(f"the sample sheet {path} cannot be read; train again in another folder") from error
    return tiles.swapaxes(1, 2).reshape(-1, 28, tiles.shape[-1])
