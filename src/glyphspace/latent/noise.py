"""Noise on latents and on conditions: what becomes of a label and of its certainty, by the size of the noise.

Section 3.6 of the assignment "GAN and CNN to conquer MNIST", whose N(0, σI) has the variance σ where the report on it
speaks of a standard deviation: a `Noise` says which is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from jaxtyping import Float, Float64, Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import stream
from ..nets.model import Model
from .labelled import LabelledLatents, label

SIZES = (0.1, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True)
class Noise:
    """A kind of noise; how much of it comes with the size.

    Attributes:
        law: "normal", or "uniform" on [-size, size].
        measure: of a normal noise, whether its size is a "deviation" or a "variance"; a uniform one has neither.
    """

    law: str = "normal"
    measure: str = "deviation"

    def __post_init__(self) -> None:
        if (self.law, self.measure) not in {("normal", "deviation"), ("normal", "variance"), ("uniform", "deviation")}:
            raise BadInput(
                f"no noise is {self.law!r} by {self.measure!r}; take normal by deviation or variance, or uniform"
            )

    def draw(self, size: float, shape: tuple[int, int], seed: int, *names: str | int) -> Float[Tensor, "n d"]:
        """Noise of this size, the same in its pattern for every size."""
        draws = stream(seed, "noise", self.law, *names)
        if self.law == "uniform":
            return (torch.rand(shape, generator=draws) * 2 - 1) * size
        return torch.randn(shape, generator=draws) * (size**0.5 if self.measure == "variance" else size)


@dataclass(frozen=True, eq=False)
class Shaken:
    """What noise of each size did to latents whose labels were known.

    Attributes:
        sizes: of the noise; the first row of what follows belongs to the first.
        matrices: int64 [sizes, classes, classes], by the label before (rows) and after (columns).
        certainty: float64 [sizes], the mean after.
        change: float64 [sizes], the mean root-mean-square change of the pixels, 1 being that of ground to full ink.
        examples: for each size, the first variation of each latent.
    """

    sizes: tuple[float, ...]
    matrices: Int64[Tensor, "sizes classes classes"]
    certainty: Float64[Tensor, " sizes"]
    change: Float64[Tensor, " sizes"]
    examples: tuple[LabelledLatents, ...]

    @property
    def kept(self) -> Float64[Tensor, " sizes"]:
        """The share of variations that keep the label."""
        right = self.matrices.diagonal(dim1=1, dim2=2).sum(dim=1)
        return right / self.matrices.sum(dim=(1, 2)).double()

    def breaks_at(self, share: float = 0.5) -> float | None:
        """The size at which fewer than `share` keep the label, between sizes by a straight line; None: at none."""
        before: tuple[float, float] = (0.0, 1.0)
        for size, kept in zip(self.sizes, self.kept.tolist(), strict=True):
            if kept < share:
                return before[0] + (before[1] - share) / (before[1] - kept) * (size - before[0])
            before = (size, kept)
        return None


def shake(
    generator: Model,
    classifier: Model,
    centres: LabelledLatents,
    noise: Noise,
    sizes: Sequence[float] = SIZES,
    variations: int = 20,
    seed: int = 0,
    on: str = "latents",
) -> Shaken:
    """Add noise to `centres`, which are of one prior or are means, and see what is left of their labels.

    Args:
        variations: of each centre, for each size.
        on: "latents", or "conditions" of a conditional generator.

    Raises:
        BadInput: sizes that are negative or do not rise, no variations, or noise on conditions that are not there.
    """
    if wrong := [size for size in sizes if not 0 <= size < torch.inf]:
        raise BadInput(f"noise has a size of 0 or more, not {wrong[0]:g}")
    if not sizes or list(sizes) != sorted(set(sizes)):
        raise BadInput(f"sizes of noise rise from one to the next; these are {', '.join(f'{s:g}' for s in sizes)}")
    if variations < 1:
        raise BadInput(f"{variations} variations show nothing; ask for 1 or more")
    if getattr(centres, on, None) is None:
        raise BadInput(f"these latents have no {on}: the generator is unconditional")
    classes = len(centres.classes)
    repeated = centres.take(torch.arange(len(centres)).repeat(variations))
    matrices, certainty, change, examples = [], [], [], []
    for size in sizes:
        moved = {name: getattr(repeated, name) for name in ("latents", "conditions")}
        moved[on] = moved[on] + noise.draw(size, tuple(moved[on].shape), seed, on)
        found = label(generator, classifier, **moved)
        pairs = repeated.labels * classes + found.labels
        matrices.append(torch.bincount(pairs, minlength=classes * classes).reshape(classes, classes))
        certainty.append(found.certainty.double().mean())
        difference = (found.images.double() - repeated.images.double()) / 255
        change.append(difference.square().mean(dim=(1, 2)).sqrt().mean())
        examples.append(replace(found.take(range(len(centres))), asked=centres.asked))
    return Shaken(tuple(sizes), torch.stack(matrices), torch.stack(certainty), torch.stack(change), tuple(examples))


def strange_conditions(
    known: Float[Tensor, "classes e"], distances: Sequence[float], count: int, seed: int
) -> Float[Tensor, "distances count e"]:
    """Conditions of no class, near and far: random directions from the classes' mean, so many times as far as a class.

    At distance 1 they lie as far from the mean of the classes' conditions as these do on average.
    """
    middle = known.mean(dim=0)
    typical = torch.linalg.vector_norm(known - middle, dim=1).mean()
    directions = torch.randn(count, known.shape[1], generator=stream(seed, "strange conditions"))
    directions = directions / torch.linalg.vector_norm(directions, dim=1, keepdim=True)
    return torch.stack([middle + distance * typical * directions for distance in distances])
