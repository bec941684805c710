"""The images that a name stands for: of a dataset, or made by a model."""

import re
from collections.abc import Sequence
from pathlib import Path

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..data import LabelledImages, catalogue, load_dataset
from ..data.folders import is_dataset
from ..data.images import GENERATED
from ..data.load import NAME
from ..data.stacked import unstacked
from ..latent.decode import condition_dim
from ..latent.generated import generated
from ..nets.model import Model
from ..training.run import RunFolder
from ..zoo import find_model, labeller
from ..zoo.shipped import OFFICIAL

PREFIX = "generated:"
COUNT = 60_000  # as many as MNIST has
PLACES = {"characters": "characters=mnist+DIR/cased.toml"}  # where the files of a name are, unless it is name=DIR


def data_of(model: Model, data: str | None = None, named: object = None) -> str:
    """What `model` is measured on: `data`, or the dataset that its file names.

    Args:
        named: what the model was asked for by; the folder of a run knows where the run's images lie.

    Raises:
        BadInput: that is but a name for images of a folder, as after --data letters=DIR; says how to name the folder.
    """
    name = model.dataset.removesuffix(GENERATED)
    if data is not None:
        return data
    parts = name.split("+")
    if kept := _kept_by(named):
        return kept  # what is called so here may be another
    missing = [part for part in parts if not _is_found(part)]
    if not missing:
        return name
    published = [official for official, ours in OFFICIAL.items() if ours == name and model.kind == "generator"]
    raise BadInput(
        f"this {model.kind} was trained on a folder of images that it calls {' and '.join(missing)}; say where that "
        f"lies: --data {PLACES.get(name) or _place(parts, missing)}"
        + "".join(f", or take the published images (--data {official})" for official in published)
    )


def _kept_by(named: object) -> str | None:
    """Where the images of a run are, if `named` is its folder and they are there still."""
    if not isinstance(named, str | Path) or not RunFolder(Path(named)).exists:
        return None
    data = RunFolder(Path(named)).description.get("recipe", {}).get("data")
    if not isinstance(data, str):
        return None
    places = [part.partition("=")[2] or part for part in data.split("+")]
    is_there = Path(data).exists() or all(place in catalogue or Path(place).exists() for place in places)
    return data if is_there else None


def _place(parts: Sequence[str], missing: Sequence[str]) -> str:
    """How to say where what is missing lies: under the name that the model knows it by, unless it is joined to more."""
    if len(parts) == 1 and re.fullmatch(NAME, parts[0]):
        return f"{parts[0]}=DIR"
    folders = {part: f"DIR{number}" if len(missing) > 1 else "DIR" for number, part in enumerate(missing, 1)}
    return "+".join(folders.get(part, part) for part in parts)


def _is_found(name: str) -> bool:
    """Whether this is more than a name: a dataset of the catalogue, a path, or something to be drawn.

    A folder of that name is meant only if it holds images: "letters" may be anything.
    """
    known = (unstacked(name) or name) in catalogue or name.startswith(PREFIX)  # wherever one is
    return known or Path(name).name != name or is_dataset(name)


def load_images(name: str, split: str = "train", progress: Progress = silent) -> LabelledImages:
    """What `load_dataset` loads; or a generator's images, by "generated:MODEL".

    After the model may stand how many and of which latents: "generated:MODEL,count=60000,seed=0". To test on there are
    no generated images: their "test" split is that of the generator's own dataset. An unconditional generator's images
    are labelled by the classifier that ships for its dataset.

    Raises:
        BadInput: what `load_dataset` raises; no such generator, or a number that it cannot be asked for.
    """
    if split != "train" and name.endswith(GENERATED):
        return load_dataset(name.removesuffix(GENERATED), split, progress=progress)
    if not name.startswith(PREFIX):
        return load_dataset(name, split, progress=progress)
    model, numbers = _parse(name.removeprefix(PREFIX))
    generator = find_model(model, "generator")
    if split != "train":
        return load_dataset(data_of(generator, None, model), split, progress=progress)
    progress(0, None, f"draw the images of {model}")
    reader = None if condition_dim(generator) else labeller(generator.dataset)
    return generated(generator, numbers["count"], numbers["seed"], reader)


def _parse(text: str) -> tuple[str, dict[str, int]]:
    """The model and the numbers of "MODEL,count=60000,seed=0"."""
    model, *parts = text.split(",")
    numbers = {"count": COUNT, "seed": 0}
    for part in parts:
        key, _, value = part.partition("=")
        if key not in numbers or not value.isdecimal():
            raise BadInput(f"{PREFIX}{text} is wrong at {part!r}; write it as {PREFIX}MODEL,count=60000,seed=0")
        numbers[key] = int(value)
    return model, numbers
