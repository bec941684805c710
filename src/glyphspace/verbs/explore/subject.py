"""What is explored: a generator, and the classifier that reads what it draws."""

from dataclasses import dataclass
from pathlib import Path

from ...core.errors import BadInput
from ...core.files import Json
from ...latent.decode import z_dim
from ...latent.labelled import LabelledLatents, check_pair, label
from ...latent.prior import priors
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
        BadInput: there is no such model, it is no generator, or the classifier does not know its classes.
    """
    generator = find_model(model, "generator")
    reader = find_model(classifier, "classifier") if classifier is not None else labeller(generator.dataset)
    check_pair(generator, reader)
    name = generator.architecture if isinstance(model, Model) else Path(model).name  # never a path of this machine
    return Subject(name, generator, reader)


def draw(about: Subject, count: int, seed: int, prior: str = "normal") -> LabelledLatents:
    """The first `count` latents that a seed means for exploring, drawn and read.

    Raises:
        BadInput: fewer than one; UnknownName: no such prior.
    """
    if count < 1:
        raise BadInput(f"{count} latents show nothing; ask for 1 or more")
    return label(about.generator, about.classifier, priors[prior](count, about.z_dim, seed, "explore"))
