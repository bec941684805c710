"""The images that a name stands for: of a dataset, or made by a model."""

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..data import LabelledImages, load_dataset
from ..latent.decode import condition_dim
from ..latent.generated import SUFFIX, generated
from ..zoo import find_model, labeller

PREFIX = "generated:"
COUNT = 60_000  # as many as MNIST has


def load_images(name: str, split: str = "train", progress: Progress = silent) -> LabelledImages:
    """What `load_dataset` loads; or a generator's images, by "generated:MODEL".

    After the model may stand how many and of which latents: "generated:MODEL,count=60000,seed=0". To test on there are
    no generated images: their "test" split is that of the generator's own dataset. An unconditional generator's images
    are labelled by the classifier that ships for its dataset.

    Raises:
        BadInput: what `load_dataset` raises; no such generator, or a number that it cannot be asked for.
    """
    if split != "train" and name.endswith(SUFFIX):
        return load_dataset(name.removesuffix(SUFFIX), split, progress=progress)
    if not name.startswith(PREFIX):
        return load_dataset(name, split, progress=progress)
    model, numbers = _parse(name.removeprefix(PREFIX))
    generator = find_model(model, "generator")
    if split != "train":
        return load_dataset(generator.dataset, split, progress=progress)
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
