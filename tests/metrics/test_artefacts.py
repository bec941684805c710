import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.core.randomness import stream
from glyphspace.metrics.artefacts import checkerboard

STEPS = torch.arange(28)


def test_a_checkerboard_and_stripes_are_nothing_else():
    board = ((STEPS[:, None] + STEPS) % 2 * 255).to(torch.uint8)
    stripes = (STEPS % 2 * 255).to(torch.uint8).expand(28, 28)
    assert checkerboard(torch.stack([board, stripes, stripes.T])) == pytest.approx(1)


def test_white_noise_has_its_share_of_every_frequency():
    noise = torch.randint(0, 256, (2000, 28, 28), dtype=torch.uint8, generator=stream(0, "noise"))
    assert checkerboard(noise) == pytest.approx(55 / 783, rel=0.03)


def test_waves_that_are_longer_have_none_and_a_single_grey_has_none():
    wave = (127 + 100 * torch.sin(2 * torch.pi * STEPS / 14)).to(torch.uint8).expand(1, 28, 28)
    assert checkerboard(wave) < 1e-4
    assert checkerboard(torch.full((3, 28, 28), 90, dtype=torch.uint8)) == 0


@pytest.mark.parametrize("shape", [(0, 28, 28), (2, 27, 28)])
def test_what_it_cannot_measure_is_refused(shape):
    with pytest.raises(BadInput):
        checkerboard(torch.zeros(shape, dtype=torch.uint8))
