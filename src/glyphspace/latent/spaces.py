"""The spaces in which labelled latents can be looked at: as latents, halfway through the generator, as a classifier
sees their images, and as images.
"""

from collections.abc import Sequence
from typing import Protocol

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.registry import Registry
from ..metrics.features import extract
from ..nets.model import Model
from .activations import activations, layers
from .labelled import LabelledLatents
from .principal import principal_axes

COMPONENTS = 100


class Space(Protocol):
    """Points float32 [n, d], one for each of the labelled latents."""

    def __call__(self, generator: Model, classifier: Model, labelled: LabelledLatents) -> Float32[Tensor, "n d"]: ...


spaces: Registry[Space] = Registry("space")


@spaces.register("latents")
def latents(generator: Model, classifier: Model, labelled: LabelledLatents) -> Float32[Tensor, "n z"]:
    """The latents themselves; of a conditional generator z alone, which holds no label."""
    return labelled.latents


@spaces.register("activations")
def generator_activations(generator: Model, classifier: Model, labelled: LabelledLatents) -> Float32[Tensor, "n d"]:
    """What the layer halfway through the generator puts out, along its first 100 principal components."""
    given = halfway(generator, labelled)
    return principal_axes(given, COMPONENTS)(given)


@spaces.register("features")
def features(generator: Model, classifier: Model, labelled: LabelledLatents) -> Float32[Tensor, "n d"]:
    """What the classifier's last layer sees of each image."""
    return extract(classifier.net, labelled.images)


@spaces.register("images")
def images(generator: Model, classifier: Model, labelled: LabelledLatents) -> Float32[Tensor, "n 784"]:
    """The pixels, from 0 to 1."""
    return labelled.images.flatten(1).float() / 255


def generator_inputs(labelled: LabelledLatents) -> tuple[Float32[Tensor, "n _"], ...]:
    """What the generator was called with: latents, and conditions where it takes them."""
    return (labelled.latents,) if labelled.conditions is None else (labelled.latents, labelled.conditions)


def halfway(generator: Model, labelled: LabelledLatents) -> Float32[Tensor, "n d"]:
    """What the layer halfway through the generator puts out: the first from there on that z has a part in.

    In a conditional generator some layers see the condition alone.
    """
    inputs = generator_inputs(labelled)
    names = [layer.name for layer in layers(generator.net, *inputs)]
    later = names[len(names) // 2 :]
    layer = next((name for name in later if answers_to_z(generator, inputs, name)), later[-1])
    return activations(generator.net, inputs, layer).flatten(1)


def answers_to_z(generator: Model, inputs: Sequence[Tensor], layer: str) -> bool:
    """Whether what `layer` puts out depends on z."""
    given = tuple(each[:1].expand(2, -1) for each in inputs)
    moved = (given[0] + torch.tensor([[0.0], [1.0]]), *given[1:])
    one, other = activations(generator.net, moved, layer)
    return not torch.equal(one, other)
