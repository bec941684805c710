"""train --init: the models that a run begins with, and how the run remembers them."""

from pathlib import Path

from ..core.files import Json
from ..nets.fingerprint import fingerprint
from ..nets.model import Model
from ..training.beginning import begin_with
from ..training.loop import Training
from ..zoo import find_model

KINDS = ("generator", "discriminator", "classifier")


def begin_from(training: Training, init: str | Path | Model) -> Json:
    """Begin with the model that `init` means, or with all those of a run folder.

    Returns:
        What the run is to remember: "model" as it was named, the fingerprint of each by kind, and under "fresh" the
        names of the tensors that began afresh.

    Raises:
        BadInput: there is no such model, or it does not fit the training.
    """
    models = _models(init)
    fresh = begin_with(training, models)
    name = init.architecture if isinstance(init, Model) else str(init)
    return {"model": name, **{model.kind: fingerprint(model) for model in models}, "fresh": list(fresh)}


def _models(init: str | Path | Model) -> tuple[Model, ...]:
    if not isinstance(init, Model) and Path(init).is_dir():
        kinds = [kind for kind in KINDS if (Path(init) / f"{kind}.safetensors").is_file()]
        if kinds:
            return tuple(find_model(init, kind) for kind in kinds)
    return (find_model(init),)
