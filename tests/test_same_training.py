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
    from benchmarks.paired import plain_beside

    plain = plain_beside(ours)
    for module in plain.discriminator.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    asked = {"generator": ours.latents(64, "test"), "discriminator": to_unit(ours.splits.test.images[:64])}
    begun = {kind: answer(getattr(ours, kind), given) for kind, given in asked.items()}
    for kind, given in asked.items():
        assert torch.allclose(answer(getattr(plain, kind), given), begun[kind], atol=1e-5)
    for net in (ours.generator, ours.discriminator, plain.generator, plain.discriminator):
        net.train()
    for step in range(STEPS):
        ours.advance(step, 0.0)
        plain.step(0.0)
    for kind, given in asked.items():
        ended, same = (answer(getattr(one, kind), given) for one in (ours, plain))
        assert (ended - same).abs().mean() < 0.02 * (ended - begun[kind]).abs().mean()  # rounding, grown by Adam


@torch.no_grad()
def answer(net: nn.Module, given: torch.Tensor) -> torch.Tensor:
    """What a net makes of `given` when it is used, not trained."""
    return net.eval()(given)
