"""The plain script from where `gan-reference` begins, with its batches and its latents.

So what the beginning decides, and what is shown, is the same for both. How the script computes, its dropout masks and
its updates are its own.
"""

from collections.abc import Iterator
from itertools import count

import torch
from torch import Tensor, nn

from glyphspace.data import to_unit
from glyphspace.training.gan import GanTraining

from . import plain_gan
from .contestants import Theirs


class Told(nn.Module):
    """A generator that takes the latents it is told, whatever it is asked."""

    def __init__(self, net: nn.Module, latents: Iterator[Tensor]) -> None:
        super().__init__()
        self.net, self.z_dim, self.latents = net, net.z_dim, latents

    def forward(self, z: Tensor) -> Tensor:
        return self.net(next(self.latents))


def plain_beside(training: GanTraining) -> Theirs:
    """The plain script, about to take the steps that `training`, which has not begun, is about to take."""
    generator, discriminator = plain_gan.make_generator(), plain_gan.make_discriminator()
    for theirs, ours in ((generator, training.generator), (discriminator, training.discriminator)):
        theirs.load_state_dict(dict(zip(theirs.state_dict(), ours.state_dict().values(), strict=True)))
    batch = training.batches.batch_size
    told = Told(generator, (training.latents(batch, step) for step in count()))
    shown = (to_unit(training.batches.at(step)[0]) for step in count())
    torch.manual_seed(1000 + training.seed)  # of its dropout, the only draws that are left to it
    steps = plain_gan.learn(told, discriminator, shown)
    return Theirs("plain script", generator, discriminator, steps, batch, len(training.splits.train))
