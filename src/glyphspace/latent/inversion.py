"""From images back to latents: where would this generator draw this?

A guess comes from the nearest of many samples or from an encoder; descending the difference of pixels betters it. The
latents stay in the shell that holds the central 99% of the prior: outside it a generator draws what it never learned.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from jaxtyping import Float, Float32, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..core.registry import Registry
from ..data.scaling import to_unit
from ..metrics.neighbours import squared_distances
from ..nets.model import Model
from ..nets.use import BATCH, channels_last, evaluating, frozen
from ..training.device import Compute, choose_compute
from ..training.schedules import cosine
from .decode import decode, z_dim
from .prior import normal
from .shell import held

MOST_SAMPLES = 1_000_000


@dataclass(frozen=True, eq=False)
class Guess:
    """Where images may lie: latents float32 [n, z] and, of a conditional generator, conditions float32 [n, e]."""

    latents: Float32[Tensor, "n z"]
    conditions: Float32[Tensor, "n e"] | None = None

    def take(self, rows: Tensor) -> "Guess":
        """The rows at these indices."""
        return Guess(self.latents[rows], None if self.conditions is None else self.conditions[rows])


@dataclass(frozen=True)
class Search:
    """How hard to look.

    Attributes:
        steps: of Adam, the rate going down along a cosine.
        rate: the first learning rate.
        samples: how many are drawn for the nearest to begin at.
        starts: how many of the nearest are begun at. A quarter of the steps is spent on each, the rest on the best.
        embedding: "class" leaves conditions as they are, "free" betters them with the latents, and leaves the classes.
    """

    steps: int = 100
    rate: float = 0.1
    samples: int = 1024
    starts: int = 3
    embedding: str = "class"

    def __post_init__(self) -> None:
        if self.steps < 0 or not 0 < self.rate < math.inf or not 1 <= self.starts <= self.samples <= MOST_SAMPLES:
            raise BadInput(
                f"a search of {self.steps} steps at a rate of {self.rate:g} from {self.starts} of {self.samples} "
                "samples cannot be made: steps are 0 or more, the others above 0, and a search has as many starts as "
                f"samples at most, of which there are {MOST_SAMPLES:,} or fewer"
            )
        if self.embedding not in ("class", "free"):
            raise BadInput(f"an embedding is that of a 'class' or 'free', not {self.embedding!r}")


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be found: the latents at which `generator` draws `images`; and what there is to find them with."""

    generator: Model
    images: UInt8[Tensor, "n 28 28"]
    conditions: Float32[Tensor, "n e"] | None = None
    encoder: Model | None = None
    search: Search = Search()
    seed: int = 0
    progress: Progress = silent


Method = Callable[[Task], Guess]
methods: Registry[Method] = Registry("method of inversion")


def invert(task: Task, method: str) -> Guess:
    """One latent for each image, in the shell, by the `method` of that name.

    Raises:
        UnknownName: no such method.
        BadInput: there are no images, or the method needs an encoder and there is none, or one for other latents.
    """
    if not len(task.images):
        raise BadInput("there are no images to invert")
    return methods[method](task)


@methods.register("nearest")
def nearest(task: Task) -> Guess:
    """The nearest of the samples: no gradient, and a rough likeness."""
    return _nearest(task, 1)


@methods.register("encode")
def encode(task: Task) -> Guess:
    """What the encoder answers, in one pass."""
    if task.encoder is None:
        raise BadInput("this generator has no encoder; train one (glyphspace encoder MODEL), or use --method optimise")
    net = task.encoder.net
    if int(net.z_dim) != z_dim(task.generator):  # type: ignore[arg-type]
        raise BadInput("the encoder was trained for a generator with other latents")
    given = (task.images,) if task.conditions is None else (task.images, task.conditions)
    parts = []
    with evaluating(net), torch.no_grad():
        for images, *conditions in zip(*(each.split(BATCH) for each in given), strict=True):
            parts.append(net(to_unit(images), *conditions).float())
    return Guess(held(torch.cat(parts)), task.conditions)


@methods.register("optimise")
def optimise(task: Task) -> Guess:
    """The nearest of the samples, bettered by gradient descent from several of them."""
    starts, early = task.search.starts, task.search.steps // 4
    guess = _nearest(task, starts)
    if starts > 1:
        rows = torch.arange(len(task.images)).repeat_interleave(starts)
        images, search = task.images[rows], replace(task.search, steps=early)
        spread = replace(task, images=images, conditions=guess.conditions, search=search)
        guess = better(spread, guess)
        best = errors(spread.generator, spread.images, guess).view(-1, starts).argmin(1)
        guess = guess.take(torch.arange(len(best)) * starts + best)
        task = replace(task, search=replace(task.search, steps=task.search.steps - early))
    return better(task, guess)


@methods.register("both")
def both(task: Task) -> Guess:
    """What the encoder answers, bettered by gradient descent."""
    return better(task, encode(task))


def errors(generator: Model, images: UInt8[Tensor, "n 28 28"], guess: Guess) -> Float32[Tensor, " n"]:
    """The mean squared difference of each image from what is drawn at the guess, pixels from 0 to 1."""
    drawn = decode(generator, guess.latents, guess.conditions)
    return ((drawn.float() - images.float()) / 255).square().mean((1, 2))


def better(task: Task, guess: Guess) -> Guess:
    """`guess` after gradient descent on the squared difference of pixels, each image for itself."""
    net, compute = channels_last(task.generator.net), choose_compute()
    parts, total = [], len(task.images)
    with evaluating(net), frozen(net):
        for start in range(0, total, BATCH):
            rows = torch.arange(start, min(start + BATCH, total))
            parts.append(_descend(net, compute, to_unit(task.images[rows]), guess.take(rows), task.search))
            task.progress(int(rows[-1]) + 1, total, "inverting")
    told = [part.conditions for part in parts if part.conditions is not None]
    return Guess(torch.cat([part.latents for part in parts]), torch.cat(told) if told else None)


def _descend(
    net: torch.nn.Module, compute: Compute, target: Float[Tensor, "n 1 28 28"], guess: Guess, search: Search
) -> Guess:
    latents = guess.latents.clone().requires_grad_(True)
    conditions = None if guess.conditions is None else guess.conditions.clone()
    moving = [latents]
    if conditions is not None and search.embedding == "free":
        moving.append(conditions.requires_grad_(True))
    adam = torch.optim.Adam(moving, lr=search.rate, betas=(0.9, 0.99))
    for step in range(search.steps):
        adam.param_groups[0]["lr"] = search.rate * max(cosine(step / search.steps), 0.02)
        with compute.autocast():  # anew in each step, since it remembers what the latents were
            drawn = net(latents) if conditions is None else net(latents, conditions)
        loss = (drawn.float() - target).square().mean((1, 2, 3)).sum()
        adam.zero_grad()
        loss.backward()
        adam.step()
        with torch.no_grad():
            latents.copy_(held(latents))
    return Guess(latents.detach(), None if conditions is None else conditions.detach())


def _nearest(task: Task, starts: int) -> Guess:
    """For each image the `starts` nearest samples of its condition, in rows one after the other."""
    bank = held(normal(task.search.samples, z_dim(task.generator), task.seed, "inversion"))
    wanted = task.images.flatten(1).float()
    chosen = torch.empty(len(wanted), starts, dtype=torch.int64)
    for conditions, rows in _by_condition(task):
        told = None if conditions is None else conditions.expand(len(bank), -1)
        drawn = decode(task.generator, bank, told).flatten(1).float()
        for here, squared in squared_distances(wanted[rows], drawn):
            chosen[rows[here]] = squared.topk(starts, largest=False).indices
    told = None if task.conditions is None else task.conditions.repeat_interleave(starts, 0)
    return Guess(bank[chosen.flatten()], told)


def _by_condition(task: Task) -> list[tuple[Tensor | None, Tensor]]:
    """The rows of the images that share a condition, with the condition."""
    if task.conditions is None:
        return [(None, torch.arange(len(task.images)))]
    different, of = task.conditions.unique(dim=0, return_inverse=True)
    return [(one, (of == place).nonzero().flatten()) for place, one in enumerate(different)]
