"""Labelled latents to an .npz file, for anybody's numpy."""

from pathlib import Path

import numpy as np

from ..core.files import atomic
from .labelled import LabelledLatents


def save_samples(path: str | Path, labelled: LabelledLatents) -> None:
    """Write images uint8 [n, 28, 28], latents float32 [n, z], certainty float32 [n] and labels int64 [n] to `path`.

    Of a conditional generator `labels` are the classes that were asked for, and conditions float32 [n, e] come with
    them. The file is written whole or not at all, and its bytes depend on its content alone.

    Raises:
        BadInput: the file cannot be written.
    """
    arrays = {
        "images": labelled.images.numpy(),
        "latents": labelled.latents.numpy(),
        "certainty": labelled.certainty.numpy(),
        "labels": (labelled.labels if labelled.asked is None else labelled.asked).numpy(),
    }
    if labelled.conditions is not None:
        arrays["conditions"] = labelled.conditions.numpy()
    # numpy would add .npz to a path, and gives no member of the archive a date.
    with atomic(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
