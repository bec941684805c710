"""Encoders: from an image back to a latent that a generator would draw it at."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from .blocks import normed
from .registries import encoders


@encoders.register("convolutional")
class ConvolutionalEncoder(nn.Module):
    """Two 4×4 convolutions of stride 2 and one of 3×3, a hidden layer that is told the condition too, and z."""

    def __init__(self, z_dim: int = 64, condition_dim: int = 0, width: int = 32, hidden: int = 256) -> None:
        super().__init__()
        self.z_dim, self.condition_dim = z_dim, condition_dim
        self.look = nn.Sequential(
            *normed(1, width, 4, 2), *normed(width, 2 * width, 4, 2), *normed(2 * width, 2 * width, 3, 1)
        )
        self.join = nn.Linear(2 * width * 7 * 7 + condition_dim, hidden)
        self.answer = nn.Sequential(nn.ReLU(), nn.Linear(hidden, z_dim))

    def forward(
        self, images: Float[Tensor, "n 1 28 28"], condition: Float[Tensor, "n e"] | None = None
    ) -> Float[Tensor, "n z"]:
        seen = self.look(images).flatten(1)
        told = seen if condition is None else torch.cat([seen, condition.to(seen.dtype)], dim=1)
        return self.answer(self.join(told))
