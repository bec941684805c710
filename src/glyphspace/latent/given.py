"""Latents that are given: a tensor, a file of numbers as people print them, or what `sample` and the like kept."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Float, Float32
from torch import Tensor

from ..core.errors import BadInput
from ..core.files import read_bytes
from ..nets.model import Model
from .decode import condition_dim, z_dim
from .from_text import read_latents

LARGEST = 2**30  # bytes of the numbers in an .npz, unpacked


@dataclass(frozen=True, eq=False)
class Given:
    """Latents float32 [n, z] and, where they came with what a generator was told, conditions float32 [n, e]."""

    latents: Float32[Tensor, "n z"]
    conditions: Float32[Tensor, "n e"] | None = None


AnyLatents = str | Path | Float[Tensor, "..."] | Given
"""What latents can be given as: a file of them (text, or an .npz), the latents, or these with their conditions."""


def given_to(generator: Model, latents: AnyLatents, told: bool = False) -> Given:
    """Latents for `generator`, one or more.

    Args:
        told: whether a conditional generator must have been told something with them.

    Raises:
        BadInput: what `read_given` raises; rows of another width; conditions for an unconditional generator, or none
            where they are needed.
    """
    given, name = _given(latents), name_of(latents)
    if given.conditions is not None and not condition_dim(generator):
        raise BadInput(f"{name} says what a conditional generator was told; this one is unconditional")
    if given.conditions is None and condition_dim(generator) and told:
        raise BadInput(f"{name} does not say what the generator was told; give an .npz that says it")
    for what, rows, wanted in (
        ("latents", given.latents, z_dim(generator)),
        ("conditions", given.conditions, condition_dim(generator)),
    ):
        if rows is not None and rows.shape[1] != wanted:
            raise BadInput(f"the {what} in {name} have {rows.shape[1]} numbers each; this generator takes {wanted}")
    return given


def name_of(latents: AnyLatents) -> str:
    """The name of the file that they are in, or how many they are."""
    if isinstance(latents, str | Path):
        return Path(latents).name
    return f"{len(_given(latents).latents)} latents"


def _given(latents: AnyLatents) -> Given:
    if isinstance(latents, str | Path):
        return read_given(latents)
    if isinstance(latents, Given):
        return latents
    if latents.ndim != 2 or not latents.numel():
        raise BadInput(f"these latents are of shape {list(latents.shape)}; give rows, one or more")
    return Given(latents.float())


def read_given(path: str | Path) -> Given:
    """The latents in a text file (see `from_text`), or by its ending in an .npz (see `save.save_samples`).

    Raises:
        BadInput: the file cannot be read, or holds no latents.
    """
    if Path(path).suffix.lower() != ".npz":
        return Given(read_latents(path))
    arrays = _arrays(read_bytes(path), str(path))
    found = {name: _numbers(arrays[name], f"{name} in {path}") for name in ("latents", "conditions") if name in arrays}
    if "latents" not in found:
        raise BadInput(f"{path} holds no latents")
    counts = {name: len(rows) for name, rows in found.items()}
    if len(set(counts.values())) > 1:
        raise BadInput(f"{path} holds {counts['latents']} latents and {counts['conditions']} conditions")
    return Given(**found)


def _arrays(content: bytes, name: str) -> dict[str, np.ndarray]:
    """The latents and conditions of an .npz; no code in it is run, and nothing large is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if one.filename in ("latents.npy", "conditions.npy")]
            if sum(one.file_size for one in members) > LARGEST:
                raise BadInput(f"{name} holds more latents than fit here; keep fewer with select --count")
            read = {one.filename[: -len(".npy")]: archive.read(one) for one in members}
        arrays = {key: np.load(io.BytesIO(array), allow_pickle=False) for key, array in read.items()}
        if not all(isinstance(array, np.ndarray) for array in arrays.values()):
            raise ValueError  # an archive in the archive
        return arrays
    except BadInput:
        raise
    except Exception as error:  # over a damaged archive the readers may stumble in any way
        raise BadInput(f"{name} is not a whole .npz file of plain numbers") from error


def _numbers(array: np.ndarray, name: str) -> Float32[Tensor, "n d"]:
    if array.ndim != 2 or not array.size or array.dtype.kind != "f":
        raise BadInput(f"{name} are {array.dtype} of shape {list(array.shape)}; they should be rows of floats")
    with np.errstate(over="ignore"):  # what is too large is not finite then
        numbers = torch.from_numpy(array.astype(np.float32))
    if not numbers.isfinite().all():
        raise BadInput(f"{name} are not all finite")
    return numbers
