"""Batches: which images a training step sees, as a pure function of (seed, step).

Nothing is remembered from one step to the next, so a run that goes on from step 4,711 sees what the run before it
would have seen. Here, and only here, the rank of a process enters.
"""

import torch
from jaxtyping import Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import stream
from .images import LabelledImages


class Batches:
    """The images in an endless row of shuffled epochs.

    Every epoch is a permutation of its own; what is left of it after the last whole batch is dropped.

    Args:
        images: all images; the batches lie on their device.
        batch_size: images in one step, over all processes together.
        seed: of the shuffling.
        rank: which of the processes this is.
        world: how many processes share each batch in equal parts.

    Raises:
        BadInput: the batch is larger than the data, or cannot be shared equally.
    """

    def __init__(self, images: LabelledImages, batch_size: int, seed: int, rank: int = 0, world: int = 1) -> None:
        if not 1 <= batch_size <= len(images):
            raise BadInput(
                f"a batch of {batch_size} cannot be made from the {len(images)} images of {images.name}; "
                "take one of at most so many (batch_size in a recipe, --batch-size when it is trained)"
            )
        if batch_size % world or not 0 <= rank < world:
            raise BadInput(f"a batch of {batch_size} cannot be shared equally by process {rank} of {world}")
        self.images = images
        self.batch_size = batch_size
        self.seed = seed
        self._share = batch_size // world
        self._first = rank * self._share
        self._epoch, self._order = -1, torch.empty(0, dtype=torch.int64)

    @property
    def steps_per_epoch(self) -> int:
        """Whole batches in one pass over the images."""
        return len(self.images) // self.batch_size

    def at(self, step: int) -> tuple[UInt8[Tensor, "b *stack 28 28"], Int64[Tensor, " b"]]:
        """The images and labels of a step, counted from 0; of several processes, this one's part of them."""
        epoch, position = divmod(step, self.steps_per_epoch)
        index = self._order_of(epoch).narrow(0, position * self.batch_size + self._first, self._share)
        return self.images.images.index_select(0, index), self.images.labels.index_select(0, index)

    def _order_of(self, epoch: int) -> Int64[Tensor, " n"]:
        """The permutation of an epoch; the last one is kept, for speed alone."""
        if epoch != self._epoch:
            order = torch.randperm(len(self.images), generator=stream(self.seed, "shuffle", epoch))
            self._epoch, self._order = epoch, order.to(self.images.labels.device)
        return self._order
