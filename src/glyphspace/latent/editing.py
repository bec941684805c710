"""Changing what is drawn at latents by a given amount: an attribute in its own unit, or steps along a direction."""

from collections.abc import Mapping
from dataclasses import replace

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput, UnknownName
from ..nets.model import Model
from .attributes import ATTRIBUTES, measure
from .certainty import classify
from .decode import decode
from .directions import Direction
from .labelled import LabelledLatents

FARTHEST = 4.0  # standard deviations of the prior
TRIED = 33  # places along the way that are looked at
AT_ONCE = 200  # latents, each drawn at all places
ROUNDS = 2  # of several changes: each moves what the others have reached


def edit(
    generator: Model,
    classifier: Model,
    labelled: LabelledLatents,
    directions: Mapping[str, Direction],
    changes: Mapping[str, float],
) -> Float32[Tensor, "n z"]:
    """Latents at which each attribute of `changes` differs by about that much, in its own unit.

    Along a direction that is no attribute's, such as a component, latents go so many standard deviations of the prior;
    they go there first, and attributes differ from what is drawn there.

    How far to go for an attribute is not computed but looked for: places along its direction are drawn and measured,
    and the one that comes nearest is taken, so a change that the generator cannot make is made as far as it can. Places
    that are read as another class than the latent is labelled are passed over, unless all are.

    Raises:
        UnknownName: there is no such direction.
        BadInput: there is nothing to change, or an amount is not finite.
    """
    if not changes or not len(labelled):
        raise BadInput("there is nothing to change: name an attribute, an amount and something to change it in")
    for name, amount in changes.items():
        if name not in directions:
            raise UnknownName("direction", name, directions)
        if not torch.isfinite(torch.tensor(amount)):
            raise BadInput(f"{name} cannot change by {amount}")
    steps = [by * directions[name].vector for name, by in changes.items() if name not in ATTRIBUTES]
    latents = labelled.latents + sum(steps)
    start = measure(decode(generator, latents, labelled.conditions)) if steps else measure(labelled.images)
    wanted = {name: start[:, ATTRIBUTES.index(name)] + by for name, by in changes.items() if name in ATTRIBUTES}
    for name, values in list(wanted.items()) * (ROUNDS if len(wanted) > 1 else 1):
        moving = replace(labelled, latents=latents)
        parts = [
            _until(generator, classifier, moving.take(rows), directions[name], values[rows])
            for rows in torch.arange(len(labelled)).split(AT_ONCE)
        ]
        latents = torch.cat(parts)
    return latents


def _until(
    generator: Model,
    classifier: Model,
    labelled: LabelledLatents,
    direction: Direction,
    wanted: Float32[Tensor, " n"],
) -> Float32[Tensor, "n z"]:
    count = len(labelled)
    steps = torch.linspace(-FARTHEST, FARTHEST, TRIED)
    places = labelled.latents[:, None] + steps[:, None] * direction.vector
    conditions = None if labelled.conditions is None else labelled.conditions.repeat_interleave(TRIED, 0)
    images = decode(generator, places.flatten(0, 1), conditions)
    found = measure(images)[:, ATTRIBUTES.index(direction.name)].view(count, TRIED)
    # Of places that come equally near, the nearest to where we are: attributes such as loops change in jumps.
    short = (found - wanted[:, None]).abs() + 1e-3 * steps.abs()
    kept = classify(classifier, images).labels.view(count, TRIED) == labelled.labels[:, None]
    short = short.masked_fill(~kept & kept.any(1, keepdim=True), torch.inf)
    return places[torch.arange(count), short.argmin(1)]
