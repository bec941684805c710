"""What is explored: a generator, and the classifier that reads what it draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import BadInput
from ...core.files import Json
from ...core.progress import Progress, silent
from ...latent.bulk import Draw, chunks
from ...latent.decode import check_grey, z_dim
from ...latent.labelled import LabelledLatents, check_pair, join
from ...nets.model import Model
from ...zoo import find_model, labeller


@dataclass(frozen=True, eq=False)
class Subject:
    """A generator and its reader, by the name that the generator was asked for with."""

    name: str
    generator: Model
    classifier: Model

    @property
    def z_dim(self) -> int:
        """How many numbers a latent has."""
        return z_dim(self.generator)

    @property
    def classes(self) -> tuple[str, ...]:
        """What each label stands for."""
        return self.classifier.classes

    def told(self, **options: object) -> Json:
        """The model and the options of an experiment, for its JSON."""
        return {
            "model": self.name,
            "dataset": self.generator.dataset,
            "architecture": self.generator.architecture,
            "z_dim": self.z_dim,
            "classifier": f"{self.classifier.architecture}, {self.classifier.dataset}",
            **options,
        }


def subject(model: str | Path | Model, classifier: str | Path | Model | None = None) -> Subject:
    """The generator that `model` means, and the classifier: by default the one that ships for its dataset.

    Raises:
        BadInput: there is no such model, it is no generator or one of stacked images, or the classifier does not know
            its classes.
    """
    generator = find_model(model, "generator")
    check_grey(generator)
    reader = find_model(classifier, "classifier") if classifier is not None else labeller(generator.dataset)
    check_pair(generator, reader)
    name = generator.architecture if isinstance(model, Model) else Path(model).name  # never a path of this machine
    return Subject(name, generator, reader)


def draw(about: Subject, count: int, seed: int, prior: str = "normal", progress: Progress = silent) -> LabelledLatents:
    """The first `count` latents that a seed means for exploring, drawn and read; of every class in turn, if asked to.

    Raises:
        BadInput: fewer than one; UnknownName: no such prior.
    """
    parts = chunks(about.generator, about.classifier, Draw(count, seed, prior), precision="float32", progress=progress)
    return join(list(parts))


def named(data: str | None) -> str | None:
    """What datasets are called, without the folders that they lie in."""
    return data and "+".join(Path(part.partition("=")[0]).name for part in data.split("+"))


def captions(labelled: LabelledLatents) -> list[str]:
    """The label and the certainty of each, as they stand under an image."""
    pairs = zip(labelled.labels.tolist(), labelled.certainty.tolist(), strict=True)
    return [f"{labelled.classes[label]}  {certainty:.2f}" for label, certainty in pairs]


def check_thresholds(thresholds: Sequence[float]) -> None:
    """Refuse thresholds, at least one, that are no certainties."""
    if not thresholds or not all(0 <= threshold <= 1 for threshold in thresholds):
        raise BadInput(f"thresholds are certainties between 0 and 1; these are {', '.join(map(str, thresholds))}")


def lowered(asked: float, taken: float) -> tuple[str, ...]:
    """What to say where `certain` took less than was asked for; nothing where it did not."""
    if taken >= asked:
        return ()
    return (
        f"fewer than a tenth of the latents have a certainty of {asked:g}: those with {taken:g} or more were taken",
    )


def certain(labelled: LabelledLatents, certainty: float) -> tuple[float, LabelledLatents]:
    """Those with this certainty if a tenth of all have it, else with the highest of 0.8, 0.5, 0 that so many have.

    Raises:
        BadInput: it is no certainty.
    """
    if not 0 <= certainty <= 1:
        raise BadInput(f"a certainty lies between 0 and 1; {certainty:g} does not")
    for threshold in (certainty, 0.8, 0.5):
        some = labelled.above(threshold)
        if threshold <= certainty and 10 * len(some) >= len(labelled):
            return threshold, some
    return 0.0, labelled
