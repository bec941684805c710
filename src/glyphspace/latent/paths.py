"""Paths through the space of latents, or of conditions: mixtures of points, step by step.

The mixtures of two and of three latents are those of the report "GANs on MNIST dataset".
"""

import math
from collections.abc import Callable, Sequence
from itertools import chain

import torch
from jaxtyping import Float
from torch import Tensor

from ..core.errors import BadInput
from ..core.registry import Registry

Points = Float[Tensor, "k d"]
Path = Float[Tensor, "steps d"]

Form = Callable[[Points, int], Path]

forms: Registry[Form] = Registry("form of path")
"""Ways through two points or more, in so many steps."""


def mix(points: Points, weights: Float[Tensor, "steps _"]) -> Path:
    """At each step the sum of all points, each times its weight."""
    if weights.shape[1] != len(points):
        raise BadInput(f"{len(points)} points cannot be mixed with {weights.shape[1]} weights; give one for each")
    return weights.to(points.dtype) @ points


def lerp(starts: Points, ends: Points, shares: Float[Tensor, "k 1"]) -> Points:
    """The point on the straight line from each start to its end, so far along it."""
    return torch.lerp(starts, ends, shares.to(starts.dtype))


def slerp(starts: Points, ends: Points, shares: Float[Tensor, "k 1"]) -> Points:
    """The point on the great circle from each start to its end (Sampling generative networks, White 2016).

    Lengths change evenly and directions at one speed, so that the way keeps to where latents lie; between points of one
    or of opposite direction, or from the origin, it is straight.
    """
    start, end, share = starts.double(), ends.double(), shares.double()
    lengths = [torch.linalg.vector_norm(each, dim=1, keepdim=True) for each in (start, end)]
    first, second = (each / length.clamp(min=1e-12) for each, length in zip((start, end), lengths, strict=True))
    angle = (first * second).sum(dim=1, keepdim=True).clamp(-1, 1).acos()
    sine = angle.sin()
    turned = (((1 - share) * angle).sin() * first + (share * angle).sin() * second) / sine.clamp(min=1e-12)
    turns = (sine > 1e-6) & (lengths[0] > 0) & (lengths[1] > 0)
    around = turned * torch.lerp(lengths[0], lengths[1], share)
    return torch.where(turns, around, torch.lerp(start, end, share)).to(starts.dtype)


@forms.register("linear")
def linear(points: Points, steps: int) -> Path:
    """Straight from each point to the next, as many steps to each."""
    leg, share = _legs(points, steps)
    return lerp(points[leg], points[leg + 1], share)


@forms.register("spherical")
def spherical(points: Points, steps: int) -> Path:
    """Along the great circle from each point to the next, as many steps to each."""
    leg, share = _legs(points, steps)
    return slerp(points[leg], points[leg + 1], share)


@forms.register("two-way")
def two_way(points: Points, steps: int) -> Path:
    """a·z1 + (1 - a)·z2 for a from 0 to 1: it begins at the second point."""
    _need(points, 2)
    a = _from_0_to_1(steps)
    return mix(points, torch.stack([a, 1 - a], dim=1))


@forms.register("three-way")
def three_way(points: Points, steps: int) -> Path:
    """a·z1 + |0.5 - a|·z2 + (1 - a)·z3 for a from 0 to 1. At a = 0.5 the weight of z2 is 0."""
    _need(points, 3)
    a = _from_0_to_1(steps)
    return mix(points, torch.stack([a, (0.5 - a).abs(), 1 - a], dim=1))


def weighted(weights: Sequence[Sequence[float]]) -> Form:
    """The form of path whose mixtures have these weights, one for each point, straight from each row to the next.

    The rows (0, 1) and (1, 0) are the two-way mixture; (0, 0.5, 1), (0.5, 0, 0.5) and (1, 0.5, 0) the three-way one.

    Raises:
        BadInput: fewer than two rows, rows of several lengths, or a weight that is not finite; and when it is followed,
            another number of weights than of points.
    """
    if len({len(row) for row in weights}) > 1 or not all(map(math.isfinite, chain(*weights))):
        raise BadInput("weights are finite numbers, one for each point, as many in every row")
    if len(weights) < 2:
        raise BadInput(f"weights go from one row to another; give 2 rows or more, not {len(weights)}")
    rows = torch.tensor(weights, dtype=torch.float64)
    return lambda points, steps: mix(points, follow("linear", rows, steps))


def follow(form: str, points: Points, steps: int) -> Path:
    """The path of this form through `points`.

    Raises:
        UnknownName: there is no such form. BadInput: too few points or steps.
    """
    if steps < 2:
        raise BadInput(f"a path takes 2 steps or more, not {steps}")
    if len(points) < 2:
        raise BadInput(f"a path goes through 2 points or more, not {len(points)}")
    return forms[form](points, steps)


def towards(form: str, ends: Float[Tensor, "2 d"], steps: int) -> Path:
    """The path of this form from the first of the `ends` to the second, also of a form that begins at the last point.

    Raises:
        UnknownName: there is no such form. BadInput: too few steps, or a form of other than two points.
    """
    way = follow(form, ends, steps)
    first, last = (torch.linalg.vector_norm(way[step] - ends[0]) for step in (0, -1))
    return way.flip(0) if last < first else way


def _need(points: Points, count: int) -> None:
    if len(points) != count:
        raise BadInput(f"this mixture is of {count} points, not of {len(points)}")


def _from_0_to_1(steps: int) -> Float[Tensor, " steps"]:
    return torch.linspace(0, 1, steps)


def _legs(points: Points, steps: int) -> tuple[Tensor, Float[Tensor, "steps 1"]]:
    """For each step the point that its leg begins at, and how far along the leg it is."""
    position = torch.linspace(0, len(points) - 1, steps, dtype=torch.float64)
    leg = position.floor().long().clamp(max=len(points) - 2)
    return leg, (position - leg).unsqueeze(1)
