"""Directions of the latent space: those that change images most, and those that change one attribute and no other."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float32, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..nets.model import Model
from .activations import activations, layers
from .attributes import ATTRIBUTES, measure
from .certainty import classify
from .decode import decode
from .labelled import LabelledLatents
from .principal import principal_axes
from .spaces import answers_to_z, generator_inputs, halfway

STEPS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)


@dataclass(frozen=True, eq=False)
class Direction:
    """A vector float32 [z] of length 1; the attribute of its name, if it has one's, grows along it."""

    name: str
    vector: Float32[Tensor, " z"]


def supervised(labelled: LabelledLatents, names: Sequence[str] | None = None) -> list[Direction]:
    """For each attribute the shortest step that changes it and, to first order, none of the others named.

    Attributes of the images are regressed on the latents; the directions are the columns of the pseudo-inverse. Labels
    are regressed along with them, since else the thinnest digits would be ones.

    Args:
        names: of `ATTRIBUTES`; by default those that differ between the images.

    Raises:
        BadInput: there are fewer latents than they have numbers, or an attribute that is named never changes, or none.
    """
    latents, values = labelled.latents.double(), measure(labelled.images).double()
    if len(latents) <= latents.shape[1] + len(labelled.classes):
        raise BadInput(f"{len(latents)} latents are too few to learn directions among {latents.shape[1]} numbers from")
    if names is None:
        names = [name for name, spread in zip(ATTRIBUTES, values.std(0), strict=True) if spread > 0]
        if not names:
            raise BadInput("no image differs from another in any attribute; is the generator trained?")
    values = values[:, [ATTRIBUTES.index(name) for name in names]]
    spread = values.std(0)
    if not (spread > 0).all():
        raise BadInput(f"no image differs from another in {names[int(spread.argmin())]}; it has no direction")
    classes = torch.nn.functional.one_hot(labelled.labels, len(labelled.classes)).double()
    known = torch.cat([latents, classes], dim=1)
    weights = torch.linalg.lstsq(known, (values - values.mean(0)) / spread, driver="gelsd").solution
    across = weights[: latents.shape[1]].T  # [attributes, z]
    steps = torch.linalg.pinv(across)
    return [Direction(name, _unit(step)) for name, step in zip(names, steps.T, strict=True)]


def principal_effects(generator: Model, labelled: LabelledLatents, count: int) -> list[Direction]:
    """The directions that move the activations halfway through the generator along their principal components.

    GANSpace (Härkönen et al., 2020): components of the activations, and the latents regressed on them.
    """
    seen = halfway(generator, labelled)
    along = principal_axes(seen, count)(seen).double()
    steps = torch.linalg.lstsq(along - along.mean(0), labelled.latents.double()).solution
    return [Direction(f"component {number}", _unit(step)) for number, step in enumerate(steps, 1)]


@torch.no_grad()
def factorised(generator: Model, labelled: LabelledLatents, count: int) -> list[Direction]:
    """The directions that the first layer answers to most: eigenvectors of AᵀA of its weights (SeFa, 2021).

    Of a conditional generator these are the weights on z; the condition is held still.
    """
    inputs = generator_inputs(labelled)
    names = [layer.name for layer in layers(generator.net, *inputs)]
    first = next(name for name in names if answers_to_z(generator, inputs, name))
    probes = torch.cat([torch.zeros(1, labelled.latents.shape[1]), torch.eye(labelled.latents.shape[1])])
    given = (probes, *(each[:1].expand(len(probes), -1) for each in inputs[1:]))
    answers = activations(generator.net, given, first).flatten(1).double()
    matrix = answers[1:] - answers[0]  # [z, outputs]: the layer is linear, and this is its Aᵀ
    _, vectors = torch.linalg.eigh(matrix @ matrix.T)
    return [Direction(f"factor {number}", _unit(step)) for number, step in enumerate(vectors.T.flip(0)[:count], 1)]


@dataclass(frozen=True, eq=False)
class Effect:
    """What going along a direction does to images.

    Attributes:
        direction: the direction.
        steps: how far, in standard deviations of the prior.
        images: uint8 [n, steps, 28, 28].
        attributes: float32 [n, steps, 5].
        kept: float32 [steps], the share of images that are still labelled as in the middle.
        certainty: float32 [steps], the mean.
    """

    direction: Direction
    steps: tuple[float, ...]
    images: UInt8[Tensor, "n steps 28 28"]
    attributes: Float32[Tensor, "n steps 5"]
    kept: Float32[Tensor, " steps"]
    certainty: Float32[Tensor, " steps"]

    @property
    def slopes(self) -> Float32[Tensor, " 5"]:
        """By how much each attribute changes with a step of 1, in its own unit: one line for all latents."""
        along = torch.tensor(self.steps)
        along = along - along.mean()
        return (self._changes * along[:, None]).sum((0, 1)) / (len(self.attributes) * along.square().sum())

    @property
    def explained(self) -> Float32[Tensor, " 5"]:
        """R²: the share of the changes of each attribute that this one line explains."""
        along = torch.tensor(self.steps)
        line = (along - along.mean())[:, None] * self.slopes
        left = (self._changes - line).square().sum((0, 1))
        return 1 - left / self._changes.square().sum((0, 1)).clamp(min=1e-12)

    @property
    def _changes(self) -> Float32[Tensor, "n steps 5"]:
        return self.attributes - self.attributes.mean(1, keepdim=True)


def follow(
    generator: Model,
    classifier: Model,
    labelled: LabelledLatents,
    direction: Direction,
    steps: Sequence[float] = STEPS,
) -> Effect:
    """Go along `direction` from each of the latents, and measure what is drawn on the way."""
    count, along = len(labelled), torch.tensor(steps)
    latents = (labelled.latents[:, None] + along[:, None] * direction.vector).flatten(0, 1)
    conditions = None if labelled.conditions is None else labelled.conditions.repeat_interleave(len(steps), 0)
    images = decode(generator, latents, conditions)
    seen = classify(classifier, images)
    kept = (seen.labels.view(count, -1) == labelled.labels[:, None]).float().mean(0)
    return Effect(
        direction,
        tuple(steps),
        images.view(count, len(steps), 28, 28),
        measure(images).view(count, len(steps), len(ATTRIBUTES)),
        kept,
        seen.certainty.view(count, -1).mean(0),
    )


def _unit(vector: Tensor) -> Float32[Tensor, " z"]:
    return (vector / vector.norm().clamp(min=1e-12)).float()


def directions_of(kind: str, generator: Model, labelled: LabelledLatents, count: int) -> list[Direction]:
    """The directions of a kind: "attributes", "components" (GANSpace) or "factors" (SeFa); `count` of the latter two.

    Raises:
        BadInput: no such kind.
    """
    if kind == "attributes":
        return supervised(labelled)
    if kind == "components":
        return principal_effects(generator, labelled, count)
    if kind == "factors":
        return factorised(generator, labelled, count)
    raise BadInput(f"directions are attributes, components or factors, not {kind!r}")
