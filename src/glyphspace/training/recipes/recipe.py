"""What a recipe is: everything that decides what a training run does, as a frozen dataclass with a name.

A recipe holds words and numbers only. A net is written as its name with its numbers, "fast:z_dim=64,width=64".
"""

from dataclasses import dataclass, field
from typing import Any

from ...core.registry import Registry


def _field(default: Any, help: str) -> Any:
    return field(default=default, metadata={"help": help})


_DATA = "a dataset's name or path; several joined by + are united"
_HOLD_OUT = "training images kept back, to choose between models on"
_SCHEDULE = "how the learning rate changes: constant, one-cycle or cosine"
_OBJECTIVES = (
    "what the two minimise: minimax, non-saturating (both also of probabilities: minimax-bce, non-saturating-bce), "
    "least-squares, hinge, wasserstein or relativistic"
)
_LABEL_SMOOTHING = "share of the label that is spread over all classes; of a GAN, that real images are not called real"
_AUGMENTATION = (
    "random changes of the images that are learned from: shift, rotate, zoom, shear, affine (all of them), cutout, "
    "brightness, or several, as shift+cutout"
)
_PRECISION = "auto, float32 or bfloat16"


@dataclass(frozen=True)
class GanRecipe:
    """How a generator and a discriminator are trained against each other."""

    name: str
    summary: str
    data: str = _field("mnist", _DATA)
    hold_out: int = _field(0, _HOLD_OUT)
    generator: str = _field(
        "fast",
        "the generator and its numbers, as in fast:z_dim=64,width=64,depth=1; left out, they are the net's defaults",
    )
    discriminator: str = _field("fast", "the discriminator and its numbers, as in fast:width=32; likewise")
    objective: str = _field("non-saturating", _OBJECTIVES)
    label_smoothing: float = _field(0.0, _LABEL_SMOOTHING)
    advantage: str = _field("fixed:1", "discriminator updates for each of the generator: fixed:9, adaptive or cyclic:9")
    auxiliary: str = _field("none", "loss of a discriminator that names classes: none, ac-gan or dual-projection")
    auxiliary_weight: float = _field(1.0, "weight of that loss")
    reward: str = _field("none", "what a classifier's word earns the generator: none, certain, certain-smooth or asked")
    reward_weight: float = _field(1.0, "weight of that reward")
    reward_classifier: str = _field("", "the classifier whose word that is (empty: the one that ships for the data)")
    penalty: str = _field("none", "gradient penalty on the discriminator: none, r1, r1+r2 or wgan-gp")
    penalty_weight: float = _field(1.0, "weight of the gradient penalty")
    penalty_every: int = _field(8, "steps from one gradient penalty to the next")
    penalty_images: int = _field(64, "images of the batch that the gradient penalty looks at, at most")
    clip: float = _field(0.0, "how far a weight of the discriminator may be from 0; 0: as far as it likes")
    augmentation: str = _field("none", _AUGMENTATION)
    epochs: float = _field(5.0, "passes over the training images")
    batch_size: int = _field(64, "images per step")
    generator_rate: float = _field(2e-4, "the generator's learning rate")
    discriminator_rate: float = _field(2e-4, "the discriminator's learning rate")
    beta1: float = _field(0.5, "Adam's β1")
    beta2: float = _field(0.999, "Adam's β2")
    schedule: str = _field("constant", _SCHEDULE)
    average_half_life: int = _field(0, "images over which the running average of the generator halves; 0: no average")
    precision: str = _field("auto", _PRECISION)


@dataclass(frozen=True)
class ClassifierRecipe:
    """How a classifier is trained."""

    name: str
    summary: str
    data: str = _field("mnist", _DATA)
    hold_out: int = _field(0, _HOLD_OUT)
    classifier: str = _field("fast", "the classifier and its numbers, as in fast:width=16")
    epochs: float = _field(5.0, "passes over the training images")
    batch_size: int = _field(128, "images per step")
    optimizer: str = _field("adam", "adam, sgd or muon")
    rate: float = _field(1e-3, "the learning rate")
    beta1: float = _field(0.9, "Adam's β1, or the momentum of SGD, or that of Muon but for kernels")
    beta2: float = _field(0.999, "Adam's β2")
    weight_decay: float = _field(0.0, "weight decay of what has more than one dimension; decoupled, but of sgd")
    schedule: str = _field("constant", _SCHEDULE)
    label_smoothing: float = _field(0.0, _LABEL_SMOOTHING)
    augmentation: str = _field("none", _AUGMENTATION)
    teacher: str = _field("", "a classifier; only images whose label it confirms are trained on")
    teacher_certainty: float = _field(0.5, "the least probability that the teacher must give a label")
    precision: str = _field("auto", _PRECISION)


Recipe = GanRecipe | ClassifierRecipe

recipes: Registry[Recipe] = Registry("recipe")


def add(recipe: Recipe) -> None:
    """Make `recipe` known by its name."""
    recipes.add(recipe.name, recipe)
