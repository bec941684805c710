import numpy as np
import pytest
import torch
from scipy.interpolate import BSpline

from glyphspace.message.ink import ROUNDNESS, _spline, inked


def disc(radius: float) -> torch.Tensor:
    """A disc of full ink with smooth greys at its edge."""
    across = np.arange(28) - 13.5
    distance = np.hypot(across[:, None], across)
    return torch.from_numpy((np.clip(radius - distance + 0.5, 0, 1) * 255).astype(np.uint8))[None]


def test_weights_are_those_of_scipys_cubic_spline():
    element = BSpline.basis_element(np.arange(-2, 3) * ROUNDNESS, extrapolate=False)
    centres = (np.arange(28 * 3) + 0.5) / 3 - 0.5
    expected = np.nan_to_num(element(centres[:, None] - np.arange(28))) / ROUNDNESS
    np.testing.assert_allclose(_spline(3), expected, atol=1e-6)


@pytest.mark.parametrize("scale", [1, 4, 7])
def test_paper_stays_paper_and_ink_stays_ink(scale):
    images = torch.zeros(2, 28, 28, dtype=torch.uint8)
    images[1] = 255
    paper, ink = inked(images, scale)
    assert paper.shape == (28 * scale, 28 * scale) and not paper.any()
    inside = slice(3 * scale, -3 * scale)
    assert (ink[inside, inside] == 255).all()


def test_faint_noise_leaves_no_ink():
    noise = torch.randint(0, 60, (4, 28, 28), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)
    assert not inked(noise, 4).any()


@pytest.mark.parametrize("scale", [2, 4, 8, 16])
def test_a_disc_stays_round_at_any_scale(scale):
    ink = inked(disc(8), scale)[0] >= 128
    across = (np.arange(28 * scale) + 0.5) / scale - 14
    distance = np.hypot(across[:, None], across)
    radius = np.sqrt(ink.sum() / np.pi) / scale
    assert radius == pytest.approx(8, abs=0.5)
    wrong = ink != (distance < radius)
    assert np.abs(distance[wrong] - radius).max(initial=0) < 0.15 + 0.7 / scale


@pytest.mark.parametrize("scale", [4, 16])
def test_edges_are_sharp_at_any_scale(scale):
    row = inked(disc(8), scale)[0, 14 * scale]
    soft = ((row > 25) & (row < 230)).sum()
    assert soft <= 2 * 3
