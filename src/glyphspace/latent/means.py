"""Mean latents: the mean of the latents that each class has, and how long latents are.

Sections 3.3 and 3.4 of the assignment "GAN and CNN to conquer MNIST".
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Float32, Int64
from torch import Tensor

from .labelled import LabelledLatents


@dataclass(frozen=True, eq=False)
class MeanLatents:
    """One latent for each class.

    Attributes:
        latents: float32 [classes, z]; the row of a class without latents is zero, the mean of the prior itself.
        counts: int64 [classes], how many latents each mean was taken of.
        classes: what each row stands for.
    """

    latents: Float32[Tensor, "classes z"]
    counts: Int64[Tensor, " classes"]
    classes: tuple[str, ...]

    @property
    def present(self) -> Int64[Tensor, " k"]:
        """The labels of the classes that have latents, the only rows that say anything."""
        return self.counts.nonzero().flatten()


def mean_latents(labelled: LabelledLatents) -> MeanLatents:
    """The mean latent of each class."""
    classes = len(labelled.classes)
    counts = torch.bincount(labelled.labels, minlength=classes)
    sums = torch.zeros(classes, labelled.latents.shape[1], dtype=torch.float64)
    sums.index_add_(0, labelled.labels, labelled.latents.double())
    return MeanLatents((sums / counts.clamp(min=1).unsqueeze(1)).float(), counts, labelled.classes)


def norms(latents: Float[Tensor, "n z"]) -> Float[Tensor, " n"]:
    """The Euclidean norm of each latent: about √z of a normal one, about √(z / 3) of a uniform one in either prior."""
    return torch.linalg.vector_norm(latents, dim=1)
