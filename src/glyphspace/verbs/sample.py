"""sample: images from a generator, with their latents, labels and certainty."""

from collections.abc import Sequence
from pathlib import Path

from ..core.errors import BadInput, UnknownName
from ..core.pictures import save_png
from ..core.progress import Progress, silent
from ..figures.grids import image_grid
from ..latent.labelled import LabelledLatents
from ..latent.labelled import sample as draw
from ..latent.save import save_npz
from ..nets.model import Model
from ..zoo import find_model, labeller

COLUMNS = 16  # of a sheet, at most


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

    Args:
        classes: keep only samples that it labels so, in equal numbers.
        certainty: keep only samples whose label has at least this probability.
        out: where to keep them: .npz (images uint8 [n, 28, 28], latents float32 [n, z], labels int64 [n], certainty
            float32 [n]) or .png (a sheet).

    Raises:
        BadInput: no such model or class, too few samples pass, or `out` has another ending.
    """
    if out is not None and Path(out).suffix not in (".npz", ".png"):
        raise BadInput(f"{out} must end in .npz, for arrays, or in .png, for a sheet")
    if count < 1:
        raise BadInput(f"{count} samples make no sense; give 1 or more")
    if not 0 <= certainty <= 1:
        raise BadInput(f"a certainty lies between 0 and 1, not at {certainty}")
    generator = model if isinstance(model, Model) else find_model(model, "generator")
    labels = _labeller(classifier, generator)
    wanted = None if classes is None else [_index(labels, name) for name in classes]
    found = draw(generator, labels, count, seed, certainty=certainty, classes=wanted, progress=progress)
    if out is not None and Path(out).suffix == ".npz":
        save_npz(out, found)
    elif out is not None:
        save_png(out, image_grid(found.images.numpy(), min(COLUMNS, count)))
    return found


def _labeller(classifier: str | Path | Model | None, generator: Model) -> Model:
    if isinstance(classifier, Model):
        return classifier
    return find_model(classifier, "classifier") if classifier is not None else labeller(generator.dataset)


def _index(labels: Model, name: str) -> int:
    if name not in labels.classes:
        raise UnknownName("class", name, labels.classes)
    return labels.classes.index(name)
