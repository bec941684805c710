"""The models in the package: one safetensors file each in `models/`, with a card beside it."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from ..core.errors import BadInput, UnknownName
from ..data import catalogue
from ..data.images import GENERATED
from ..data.stacked import stacked_classes, unstacked
from ..nets.model import Model, load_model
from ..nets.stacked import StackedClassifier

FOLDER = Path(str(files(__package__))) / "models"


def shipped() -> list[str]:
    """The names of all shipped models."""
    return sorted(file.stem for file in FOLDER.glob("*.safetensors"))


def load_shipped(name: str) -> Model:
    """The shipped model of this name; `UnknownName` suggests the nearest."""
    if name not in shipped():
        raise UnknownName("model", name, shipped())
    return load_model(FOLDER / f"{name}.safetensors")


def feature_network(dataset: str, role: str) -> Model:
    """The network whose features compare images of this dataset.

    Args:
        role: "choosing", for choosing between models on held-out training images; or "judging", which judges on the
            test set once all choices are made.

    Raises:
        BadInput: none ships for this dataset, or it may have learned from the test images; says how to train one.
    """
    places = [part.partition("=")[2] or part for part in dataset.split("+")]
    if official := next((place for place in places if place in OFFICIAL), None):
        raise BadInput(
            f"the {role} network of {FAMILIES[official]} may have learned from test images of {official}; train one "
            f"(glyphspace train features-{role} --data {dataset}) and name it with --judge"
        )
    return _companion(dataset, role, f"features-{role}", "--judge")


def labeller(dataset: str, option: str = "--classifier") -> Model:
    """The classifier that labels generated images of this dataset.

    Args:
        option: that takes another classifier, for the message when none ships.

    Raises:
        BadInput: none ships for this dataset; says how to train one.
    """
    return _companion(dataset, "classifier", "cnn-fast", option)


def stacked(grey: Model, dataset: str) -> Model:
    """The classifier of stacked images that asks `grey` about each of their channels."""
    return replace(grey, net=StackedClassifier(grey.net), dataset=dataset, classes=stacked_classes(grey.classes))


OFFICIAL = {"emnist-letters": "letters", "emnist-balanced": "characters"}  # models of the same classes, of other files
# What the models of a dataset are called where that is another name.
FAMILIES = {"fashion-mnist": "fashion", **OFFICIAL}


def _companion(dataset: str, role: str, recipe: str, option: str) -> Model:
    if inner := unstacked(dataset):
        return stacked(_companion(inner, role, recipe, option), dataset)
    called = dataset.partition("=")[0].removesuffix(GENERATED)  # "letters=path/to/files" is the dataset letters
    name = f"{FAMILIES.get(called, called)}-{role}"
    if name not in shipped():
        is_somewhere = dataset in catalogue or any(sign in dataset for sign in "=+/")
        place = dataset if is_somewhere else "DIR"  # a folder of images is known by its name alone
        what = role if role == "classifier" else f"{role} network"
        raise BadInput(
            f"no {what} of {dataset} images ships; train one (glyphspace train {recipe} --data {place}; of a few "
            f"thousand images with --epochs 30) and name it with {option}"
        )
    return load_shipped(name)
