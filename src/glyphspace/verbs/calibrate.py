"""calibrate: find the temperature at which a classifier's certainty is the share of its labels that are right."""

from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..data import LabelledImages, hold_out
from ..metrics.calibration import Reliability, fit_temperature, reliability, tempered
from ..metrics.features import probabilities
from ..nets.model import Model, save_model
from ..zoo import find_model
from .images import data_of, load_images


@dataclass(frozen=True)
class Calibration:
    """What calibrating a classifier came to, on images that it was not trained on.

    Attributes:
        model: the same classifier with its temperature.
        count: held-out images that the temperature was fitted on.
        before, after: how reliable its certainty is on them.
    """

    model: Model
    count: int
    before: Reliability
    after: Reliability

    @property
    def temperature(self) -> float:
        """What the logits are to be divided by."""
        assert self.model.temperature is not None
        return self.model.temperature


def calibrate(
    model: str | Path | Model,
    *,
    data: str | None = None,
    out: str | Path | None = None,
    progress: Progress = silent,
) -> Calibration:
    """Fit a classifier's temperature on the training images that it held out.

    Args:
        model: a run folder, a file, a shipped model's name, or a model.
        data: what it was trained on, where its file only has a name for that.
        out: a file to write the calibrated classifier to.

    Raises:
        BadInput: no such classifier or data, it held no images out, or no temperature is best.
    """
    found = find_model(model, "classifier")
    images = held_out(found, data_of(found, data, model), progress)
    seen = probabilities(found.net, images.images)
    is_right = seen.argmax(1) == images.labels
    temperature = fit_temperature(seen.clamp(min=1e-38).log(), images.labels)
    calibrated = replace(found, temperature=temperature)
    if out is not None:
        save_model(out, calibrated)
    return Calibration(
        calibrated,
        len(images),
        reliability(seen.amax(1), is_right),
        reliability(tempered(seen, temperature).amax(1), is_right),
    )


def held_out(model: Model, data: str, progress: Progress = silent) -> LabelledImages:
    """The training images of `data` that `model` was not trained on, chosen as its training chose them.

    Raises:
        BadInput: there are none, or may be none, or the data is another.
    """
    if "init" in model.training:
        raise BadInput(
            "this classifier began with another, which may have been trained on the images that it held out itself; "
            "take one that was trained from the beginning"
        )
    count = model.recipe.get("hold_out")
    if not isinstance(count, int) or count < 1:
        raise BadInput(
            "this classifier was trained on every training image, and has none left to measure it on; "
            "train one with --hold-out 5000"
        )
    known = load_images(data, "train", progress)
    if known.classes != model.classes:
        raise BadInput(f"{data} has other classes than the classifier was trained for")
    name = known.name.removesuffix("/train")
    if name != model.dataset:
        raise BadInput(
            f"this classifier held out images of {model.dataset}, not of {name}; say with --data where those are"
        )
    return hold_out(known, count, seed=0)[1]
