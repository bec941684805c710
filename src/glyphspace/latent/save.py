"""Latents and what was drawn at them to an .npz file, for anybody's numpy."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from torch import Tensor

from ..core.files import atomic
from .labelled import LabelledLatents


def save_samples(path: str | Path, labelled: LabelledLatents) -> None:
    """Write `arrays_of` labelled latents to `path`, as `save_arrays` does."""
    save_arrays(path, arrays_of(labelled))


def arrays_of(labelled: LabelledLatents) -> dict[str, Tensor]:
    """Images uint8 [n, 28, 28], latents float32 [n, z], certainty float32 [n] and labels int64 [n], by name.

    Of a conditional generator `labels` are the classes that were asked for, and conditions float32 [n, e] come with
    them.
    """
    arrays = {
        "images": labelled.images,
        "latents": labelled.latents,
        "certainty": labelled.certainty,
        "labels": labelled.labels if labelled.asked is None else labelled.asked,
    }
    return arrays if labelled.conditions is None else {**arrays, "conditions": labelled.conditions}


def save_arrays(path: str | Path, arrays: Mapping[str, Tensor]) -> None:
    """Write arrays by name. The file is written whole or not at all, and its bytes depend on its content alone.

    Raises:
        BadInput: the file cannot be written.
    """
    # numpy would add .npz to a path, and gives no member of the archive a date.
    with atomic(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **{name: array.numpy() for name, array in arrays.items()})
