"""Changing what is drawn at latents by a given amount: an attribute in its own unit, or steps along a direction."""

from collections.abc import Mapping
from dataclasses import replace

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput, UnknownName
from ..nets.model import Model
from .attributes import ATTRIBUTES, SPREAD, measure
from .certainty import classify
from .decode import decode
from .directions import Direction
from .labelled import LabelledLatents

FARTHEST = 4.0  # standard deviations of the prior
TRIED = 33  # places along the way that are looked at
AT_ONCE = 200  # latents, each drawn at all places
ROUNDS = 3  # of several changes: each moves what the others have reached
OTHERS = 0.1  # how much less it matters that an attribute changes that is not to
EFFORT = 0.02  # what a standard deviation of the prior costs: what hardly changes anything is not gone along for ever


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
    and the one that comes nearest is taken, so a change that the generator cannot make is made as far as it can. What
    comes nearest is counted over all attributes, each by its spread: those that are not to change should stay, which
    matters less. Places that are read as another class than the latent is labelled are passed over, unless all are. In
    which order changes are named makes no difference.

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
    wanted = [name for name in ATTRIBUTES if name in changes]
    goal = start + torch.tensor([changes.get(name, 0.0) for name in ATTRIBUTES])
    matters = torch.tensor([1.0 if name in changes else OTHERS for name in ATTRIBUTES]) / torch.tensor(SPREAD)
    for name in wanted * (ROUNDS if len(wanted) > 1 else 1):
        moving = replace(labelled, latents=latents)
        parts = [
            _along(generator, classifier, moving.take(rows), directions[name].vector, goal[rows], matters)
            for rows in torch.arange(len(labelled)).split(AT_ONCE)
        ]
        latents = torch.cat(parts)
    return latents


def _along(
    generator: Model,
    classifier: Model,
    labelled: LabelledLatents,
    direction: Float32[Tensor, " z"],
    goal: Float32[Tensor, "n attributes"],
    matters: Float32[Tensor, " attributes"],
) -> Float32[Tensor, "n z"]:
    """The places along the direction at which the attributes, as far as each `matters`, come nearest to the goal."""
    count = len(labelled)
    steps = torch.linspace(-FARTHEST, FARTHEST, TRIED)
    places = labelled.latents[:, None] + steps[:, None] * direction
    conditions = None if labelled.conditions is None else labelled.conditions.repeat_interleave(TRIED, 0)
    images = decode(generator, places.flatten(0, 1), conditions)
    found = measure(images).unflatten(0, (count, TRIED))
    short = ((found - goal[:, None]).abs() * matters).sum(2) + EFFORT * steps.abs()
    kept = classify(classifier, images).labels.view(count, TRIED) == labelled.labels[:, None]
    short = short.masked_fill(~kept & kept.any(1, keepdim=True), torch.inf)
    return places[torch.arange(count), short.argmin(1)]
