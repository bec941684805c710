"""What classes add to the players' losses: a discriminator that names them, a classifier that must be sure.

All are pure functions of logits.
"""

from collections.abc import Callable
from dataclasses import dataclass

from jaxtyping import Float, Int64
from torch import Tensor
from torch.nn.functional import cross_entropy

from ..core.registry import Registry

PerClass = Float[Tensor, "n classes"]
Labels = Int64[Tensor, " n"]


@dataclass(frozen=True)
class Naming:
    """What is added when a discriminator names classes, and where it comes from.

    Attributes:
        discriminator: of what it says of real images, of fake ones, and the classes of both.
        generator: of what it says of fake images as if they were real, and the classes they should have.
        conditional: whether it is for discriminators that are told the class besides.
    """

    discriminator: Callable[[PerClass, PerClass, Labels], Float[Tensor, ""]]
    generator: Callable[[PerClass, Labels], Float[Tensor, ""]]
    conditional: bool
    source: str


def name_both(of_real: PerClass, of_fake: PerClass, labels: Labels) -> Float[Tensor, ""]:
    """Cross-entropy of the classes of real and of fake images, summed."""
    return cross_entropy(of_real, labels) + cross_entropy(of_fake, labels)


def be_named(of_fake: PerClass, labels: Labels) -> Float[Tensor, ""]:
    """Cross-entropy of the classes that were asked for."""
    return cross_entropy(of_fake, labels)


def nothing(of_fake: PerClass, labels: Labels) -> Float[Tensor, ""]:
    """The generator heeds the logit alone."""
    return of_fake.new_zeros(())


namings: Registry[Naming | None] = Registry("auxiliary loss")
namings.add("none", None)
namings.add(
    "ac-gan", Naming(name_both, be_named, False, "Conditional Image Synthesis with Auxiliary Classifier GANs, 2017")
)
namings.add("dual-projection", Naming(name_both, nothing, True, "Dual Projection GANs, 2021"))


@dataclass(frozen=True)
class Reward:
    """What a classifier's word earns the generator.

    Attributes:
        score: from the discriminator's logits and the classifier's of fake images, and the classes asked for, to a
            score in [0, 1] each.
        conditional: whether it is for generators that are asked for classes.
    """

    score: Callable[[Float[Tensor, " n"], PerClass, Labels], Float[Tensor, " n"]]
    conditional: bool


CERTAIN = 0.9  # what counts as a high probability


def certain(logits: Float[Tensor, " n"], classes: PerClass, labels: Labels) -> Float[Tensor, " n"]:
    """1 for an image that is taken for real and has a class of high probability, else 0.

    Source: "GAN and CNN to conquer MNIST", section 1.4. A step has no slope, so that it teaches a generator nothing.
    """
    return ((logits > 0) & (classes.softmax(1).amax(1) >= CERTAIN)).to(logits)


def certain_smooth(logits: Float[Tensor, " n"], classes: PerClass, labels: Labels) -> Float[Tensor, " n"]:
    """The probability of being real times that of the most probable class: the same wish with a slope."""
    return logits.sigmoid() * classes.softmax(1).amax(1)


def asked(logits: Float[Tensor, " n"], classes: PerClass, labels: Labels) -> Float[Tensor, " n"]:
    """The probability of the class that was asked for: summed, how many are expected to be read as asked.

    Its slope is largest where the classifier is torn, and nearly nothing where it is sure: it does not make what reads
    well already more alike, as a cross-entropy would.
    """
    return classes.softmax(1).gather(1, labels[:, None]).squeeze(1)


rewards: Registry[Reward | None] = Registry("reward")
rewards.add("none", None)
rewards.add("certain", Reward(certain, conditional=False))
rewards.add("certain-smooth", Reward(certain_smooth, conditional=False))
rewards.add("asked", Reward(asked, conditional=True))
