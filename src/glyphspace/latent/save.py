"""Latents and what was drawn at them to an .npz file, for anybody's numpy."""

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from torch import Tensor

from ..core.files import write_bytes
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
    """Write arrays by name. The file is written whole or not at all.

    Raises:
        BadInput: the file cannot be written.
    """
    write_bytes(path, npz(arrays))


def npz(arrays: Mapping[str, Tensor]) -> bytes:
    """Arrays by name as an .npz file, whose bytes depend on its content alone: numpy gives no member a date."""
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **{name: array.numpy() for name, array in arrays.items()})
    return content.getvalue()
