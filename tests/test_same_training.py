"""`gan-reference` is the plain script, only faster: from the same weights and draws come the same weights.

Dropout is left out, since the masks of the two are draws of different generators.
"""

from pathlib import Path

import pytest
import torch
from torch import nn

from glyphspace.data import to_unit
from glyphspace.data.images import LabelledImages
from glyphspace.nets.dropout import Dropout
from glyphspace.training.device import Compute
from glyphspace.training.gan import GanTraining
from glyphspace.training.recipes import recipes
from glyphspace.training.state import Splits

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not (ROOT / "benchmarks").is_dir(), reason="the benchmarks are not in this copy")
STEPS = 8


class Told(nn.Module):
    """A generator that takes the latents it is told, whatever it is asked."""

    def __init__(self, net: nn.Module, latents: list[torch.Tensor]) -> None:
        super().__init__()
        self.net, self.z_dim, self.told = net, 100, iter(latents)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        return self.net(next(self.told))


@pytest.fixture
def ours() -> GanTraining:
    pixels = torch.randint(256, (320, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    images = LabelledImages(pixels, torch.arange(320) % 10, tuple("0123456789"), "noise/train")
    made = GanTraining(
        recipes["gan-reference"], Splits(images, images, "noise"), 0, Compute(torch.device("cpu"), "float32")
    )
    for module in made.discriminator.modules():
        if isinstance(module, Dropout):
            module.dropped = 0
    return made


def test_the_steps_of_gan_reference_are_those_of_the_plain_script(ours: GanTraining) -> None:
    from benchmarks import plain_gan

    nets = {"generator": plain_gan.make_generator(), "discriminator": plain_gan.make_discriminator()}
    for kind, net in nets.items():
        net.load_state_dict(dict(zip(net.state_dict(), getattr(ours, kind).state_dict().values(), strict=True)))
    for module in nets["discriminator"].modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    steps = range(STEPS)
    told = Told(nets["generator"], [ours.latents(32, step) for step in steps])
    plain = plain_gan.learn(told, nets["discriminator"], (to_unit(ours.batches.at(step)[0]) for step in steps))

    latents, real = ours.latents(64, "test"), to_unit(ours.splits.test.images[:64])
    asked = {"generator": latents, "discriminator": real}
    begun = {kind: answer(getattr(ours, kind), asked[kind]) for kind in nets}
    for step in steps:
        ours.advance(step, 0.0)
        next(plain)
    for kind, net in nets.items():
        ended, same = (answer(one, asked[kind]) for one in (getattr(ours, kind), net))
        assert (ended - same).abs().mean() < 0.02 * (ended - begun[kind]).abs().mean()  # rounding, grown by Adam


@torch.no_grad()
def answer(net: nn.Module, given: torch.Tensor) -> torch.Tensor:
    """What a net makes of `given` when it is used, not trained."""
    return net.eval()(given)
