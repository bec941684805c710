"""draw: images from a generator as they come, with their latents; no classifier is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from jaxtyping import Float32, Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..latent.decode import condition_dim, conditions, decode, z_dim
from ..latent.truncation import draw_latents
from ..nets.model import Model
from ..zoo import find_model
from .samples_file import check_samples_file, write_samples

AT_ONCE = 2_000
Draws = Callable[..., Tensor]
"""Latents of so many, so wide, of a seed and the names of a draw."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """Images with the latents that they were drawn at, row by row.

    Attributes:
        latents: float32 [n, z].
        images: uint8 [n, 28, 28], or [n, 3, 28, 28] of stacked ones.
        labels: int64 [n], the classes that a conditional generator was asked for, indices into its `classes`; None of
            an unconditional one.
        conditions: float32 [n, e], what it was told; None likewise.
    """

    latents: Float32[Tensor, "n z"]
    images: UInt8[Tensor, "n *stack 28 28"]
    labels: Int64[Tensor, " n"] | None = None
    conditions: Float32[Tensor, "n e"] | None = None

    @property
    def arrays(self) -> dict[str, Tensor]:
        """What there is of them, by name."""
        return {name: array for name, array in vars(self).items() if array is not None}


def draw(
    model: str | Path | Model,
    *,
    count: int = 64,
    seed: int = 0,
    prior: str = "normal",
    truncation: float | None = None,
    out: str | Path | None = None,
    progress: Progress = silent,
) -> Drawn:
    """Draw `count` images at latents of `seed`: those that `sample` draws when it is asked for no class or certainty.

    A conditional generator is asked for all of its classes in turn, in equal numbers.

    Args:
        prior: what latents are drawn from: "normal", "uniform" or "symmetric".
        truncation: cut normal latents off at ±this; None nowhere.
        out: where to keep them: .npz (images uint8 [n, 28, 28] and latents float32 [n, z]; of a conditional generator
            labels int64 [n] and conditions float32 [n, e] too) or .png (a sheet).

    Raises:
        BadInput: no such model or prior, no images are asked for, latents that cannot be drawn, or `out` has another
            ending.
    """
    check_samples_file(out, count)
    if count < 1:
        raise BadInput(f"{count} images cannot be drawn; ask for 1 or more")
    generator = find_model(model, "generator")
    given = _of_classes if condition_dim(generator) else _as_they_come
    latents, labels = given(generator, count, partial(draw_latents, prior, truncation), seed)
    told = None if labels is None else conditions(generator, labels)
    images = []
    for part in torch.arange(count).split(AT_ONCE):
        progress(int(part[0]), count)
        images.append(decode(generator, latents[part], None if told is None else told[part]))
    drawn = Drawn(latents, torch.cat(images), labels, told)
    if out is not None:
        write_samples(out, drawn.arrays)
    return drawn


def _as_they_come(generator: Model, count: int, draws: Draws, seed: int) -> tuple[Tensor, None]:
    return draws(count, z_dim(generator), seed, "samples"), None


def _of_classes(generator: Model, count: int, draws: Draws, seed: int) -> tuple[Tensor, Tensor]:
    """Latents and classes: each as often as the others, or once more where that is uneven; from draws of their own."""
    names = generator.classes[:count]
    sizes = [count // len(names) + (place < count % len(names)) for place in range(len(names))]
    latents = [draws(size, z_dim(generator), seed, "samples", name) for name, size in zip(names, sizes, strict=True)]
    return torch.cat(latents), torch.arange(len(names)).repeat_interleave(torch.tensor(sizes))
