"""sample: images from a generator, with their latents, labels and certainty."""

from collections.abc import Sequence
from pathlib import Path

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..data.stacked import unstacked
from ..latent.labelled import LabelledLatents
from ..latent.sampling import sample as draw
from ..latent.save import arrays_of
from ..nets.model import Model
from ..zoo import find_model, labeller, stacked
from .samples_file import check_samples_file, write_samples


def sample(
    model: str | Path | Model,
    *,
    count: int = 64,
    seed: int = 0,
    classes: Sequence[str] | None = None,
    certainty: float = 0.0,
    classifier: str | Path | Model | None = None,
    out: str | Path | None = None,
    progress: Progress = silent,
) -> LabelledLatents:
    """Draw `count` samples and label them with the classifier.

    A conditional generator is asked for the classes, in equal numbers; the label of a sample is then what was asked.

    Args:
        classes: keep only samples that are labelled so, in equal numbers; None leaves the classes to the generator, or
            asks a conditional one for all of its own.
        certainty: keep only samples whose label has at least this probability.
        classifier: by default the one that ships for the generator's dataset.
        out: where to keep them: .npz (images uint8 [n, 28, 28], latents float32 [n, z], labels int64 [n], certainty
            float32 [n]) or .png (a sheet).

    Raises:
        BadInput: no such model or class, no classifier of such images ships, too few samples pass, or `out` has another
            ending.
    """
    check_samples_file(out, count)
    generator = find_model(model, "generator")
    reader = _reader(generator.dataset, classifier)
    found = draw(generator, reader, count, seed, certainty=certainty, classes=classes, progress=progress)
    if out is not None:
        write_samples(out, arrays_of(found))
    return found


def _reader(dataset: str, classifier: str | Path | Model | None) -> Model:
    """The classifier asked for, or the one that ships; of stacked images one that reads each of their channels."""
    if classifier is None:
        try:
            return labeller(dataset)
        except BadInput as error:
            raise BadInput(f"{error}; without labels, glyphspace draw draws too") from error
    found = find_model(classifier, "classifier")
    return stacked(found, dataset) if unstacked(dataset) else found
