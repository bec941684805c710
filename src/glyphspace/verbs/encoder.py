"""encoder: a net that answers in one pass where a generator would draw an image."""

from dataclasses import replace
from pathlib import Path

import torch

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..data import load_dataset
from ..latent.decode import check_grey
from ..latent.encoding import Lesson, fit_encoder
from ..nets.fingerprint import fingerprint
from ..nets.model import Model, save_model
from ..zoo import find_model, shipped
from .images import data_of


def encoder(
    model: str | Path | Model,
    *,
    data: str | None = None,
    steps: int = 1500,
    seed: int = 0,
    out: str | Path | None = None,
    progress: Progress = silent,
) -> Model:
    """Train an encoder for a generator on training images of its dataset; takes a minute or two.

    Args:
        out: the file to write; by default encoder.safetensors in the run folder, where `invert` finds it.

    Raises:
        BadInput: no such model or data, stacked images of either, a class that a conditional one does not draw, or
            nowhere to write to.
    """
    generator = find_model(model, "generator")
    check_grey(generator)
    if out is None and not isinstance(model, Model) and Path(model).is_dir():
        out = Path(model) / "encoder.safetensors"
    if out is not None and Path(out).suffix != ".safetensors":
        raise BadInput(f"{out} must end in .safetensors")
    images = load_dataset(data_of(generator, data, model), "train", progress=progress)
    fitted = fit_encoder(generator, images, Lesson(steps=steps, seed=seed), progress)
    fitted = replace(fitted, training={**fitted.training, "generator": fingerprint(generator)})
    if out is not None:
        save_model(out, fitted, torch.float16)
    return fitted


def find_encoder(
    model: str | Path | Model, generator: Model, encoder: str | Path | Model | None = None
) -> Model | None:
    """The encoder that is named, is in the model's run folder, or ships for it; None where there is none.

    Raises:
        BadInput: the one that is named is none, or was trained for another generator.
    """
    if encoder is None and not isinstance(model, Model):
        in_run = Path(model) / "encoder.safetensors"
        beside = f"{model}-encoder" if f"{model}-encoder" in shipped() and not Path(model).is_dir() else None
        encoder = in_run if in_run.is_file() else beside
    if encoder is None:
        return None
    found = find_model(encoder, "encoder")
    if found.training.get("generator") != fingerprint(generator):
        raise BadInput("this encoder was trained for another generator; train one (glyphspace encoder MODEL)")
    return found
