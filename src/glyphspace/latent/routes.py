"""Paths between labelled latents: within a class, between classes, and from one condition to another."""

from dataclasses import dataclass

import torch
from jaxtyping import Float64, Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import stream
from ..nets.model import Model
from .labelled import LabelledLatents, label
from .paths import towards

ROUNDS = 20  # of drawing pairs, until enough of them fit


@dataclass(frozen=True, eq=False)
class Routes:
    """Paths from latents to latents, and what is drawn and read along them.

    Attributes:
        ends: int64 [paths, 2], the labels at the two ends.
        along: [paths · steps] labelled latents, path by path.
        steps: of each path.
    """

    ends: Int64[Tensor, "paths 2"]
    along: LabelledLatents
    steps: int

    def path(self, number: int) -> LabelledLatents:
        """The steps of one path."""
        return self.along.take(range(number * self.steps, (number + 1) * self.steps))

    @property
    def labels(self) -> Int64[Tensor, "paths steps"]:
        """The label at each step."""
        return self.along.labels.reshape(-1, self.steps)

    @property
    def certainty(self) -> Float64[Tensor, " steps"]:
        """The mean certainty at each step."""
        return self.along.certainty.double().reshape(-1, self.steps).mean(dim=0)

    @property
    def of_ends(self) -> Float64[Tensor, " steps"]:
        """The share of paths that show one of their two ends' classes at each step."""
        return (self.labels.unsqueeze(2) == self.ends.unsqueeze(1)).any(dim=2).double().mean(dim=0)

    @property
    def pass_through_others(self) -> float:
        """The share of paths that show some class of neither end on their way."""
        return float((~(self.labels.unsqueeze(2) == self.ends.unsqueeze(1)).any(dim=2)).any(dim=1).double().mean())


def choose_pairs(labels: Int64[Tensor, " n"], count: int, seed: int, within: str) -> Int64[Tensor, "pairs 2"]:
    """`count` pairs of rows, by chance: "class" of one label each, "classes" of two different ones.

    Fewer where such pairs are so rare that hardly any are met.

    Raises:
        BadInput: there are no such two rows.
    """
    draws = stream(seed, "pairs", within)
    pairs = torch.empty(0, 2, dtype=torch.int64)
    for _ in range(ROUNDS):
        first = torch.randint(len(labels), (50 * count,), generator=draws)
        second = torch.randint(len(labels), (50 * count,), generator=draws)
        alike = labels[first] == labels[second]
        fits = (alike & (first != second)) if within == "class" else ~alike
        pairs = torch.cat([pairs, torch.stack([first, second], dim=1)[fits]])[:count]
        if len(pairs) == count:
            break
    if not len(pairs):
        raise BadInput("too few latents to choose two from; draw more, or ask for less certainty")
    return pairs


def travel(
    generator: Model,
    classifier: Model,
    labelled: LabelledLatents,
    pairs: Int64[Tensor, "paths 2"],
    form: str = "spherical",
    steps: int = 11,
    of: str = "latents",
) -> Routes:
    """The paths between pairs of rows of `labelled`, each from the first row to the second.

    Args:
        form: a name in `paths.forms`.
        of: "latents", whose conditions, if there are any, stay those of the first row; or "conditions", whose
            latents do.

    Raises:
        BadInput: conditions are asked for, of an unconditional generator.
    """
    if of == "conditions" and labelled.conditions is None:
        raise BadInput("there are no conditions between which a path could lead: the generator is unconditional")
    points: Tensor = getattr(labelled, of)
    way = torch.cat([towards(form, points[pair], steps) for pair in pairs])
    stays = pairs[:, 0].repeat_interleave(steps)
    latents = way if of == "latents" else labelled.latents[stays]
    told = None if labelled.conditions is None else way if of == "conditions" else labelled.conditions[stays]
    return Routes(labelled.labels[pairs], label(generator, classifier, latents, told), steps)
