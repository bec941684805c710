import numpy as np
import pytest
import torch
from scipy.interpolate import BSpline

from glyphspace.message.ink import ROUND, SAMPLES, SMOOTH, SMOOTHING, _weights, strokes


def disc(radius: float, at: float = 13.5) -> np.ndarray:
    """A disc of full ink with smooth greys at its edge."""
    across = np.arange(28) - at
    distance = np.hypot(across[:, None], across)
    return (np.clip(radius - distance + 0.5, 0, 1) * 255).astype(np.uint8)


def ink_of(image: np.ndarray):
    return strokes(torch.from_numpy(image)[None])[0]


def test_weights_are_those_of_scipys_cubic_spline():
    between = np.linspace(1, 27, 50)
    for found, points, samples, width in (
        (SMOOTHING * SMOOTH, SAMPLES, np.arange(28) + 0.5, SMOOTH),
        (_weights(between, ROUND) * ROUND * 3, between, SAMPLES, ROUND),
    ):
        element = BSpline.basis_element(np.arange(-2, 3) * width, extrapolate=False)
        np.testing.assert_allclose(found, np.nan_to_num(element(points[:, None] - samples)), atol=1e-5)


@pytest.mark.parametrize("radius", [4.0, 8.0, 11.0])
def test_depth_is_the_distance_from_the_edge_near_it(radius):
    ink = ink_of(disc(radius))
    along = np.linspace(radius - 0.8, radius + 0.8, 9) + 14
    depth = ink.depth(along, np.array([14.0]))[0]
    np.testing.assert_allclose(depth - depth[4], -(along - along[4]), atol=0.12)
    assert depth[4] == pytest.approx(0, abs=0.35)


def test_a_disc_is_round_and_as_large_as_it_was():
    ink = ink_of(disc(8))
    at = np.linspace(0, 28, 401)
    inside = ink.depth(at, at) > 0
    assert np.sqrt(inside.mean() * 28**2 / np.pi) == pytest.approx(8, abs=0.5)
    distance = np.hypot(at[:, None] - 14, at - 14)
    assert distance[inside].max() - distance[~inside].min() < 0.35


def test_the_box_and_the_weight_of_strokes():
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 10:13] = 255
    ink = ink_of(image)
    assert (ink.left, ink.right) == (pytest.approx(10, abs=0.4), pytest.approx(13, abs=0.4))
    assert (ink.top, ink.bottom) == (pytest.approx(4, abs=0.4), pytest.approx(24, abs=0.4))
    assert ink.weight == pytest.approx(3, abs=0.6)
    assert ink_of(disc(9)).weight > 2 * ink.weight


def test_faint_noise_leaves_no_ink():
    noise = torch.randint(0, 60, (4, 28, 28), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)
    for ink in strokes(noise):
        assert not ink.ink.any() and ink.weight == 0


def test_specks_are_no_ink_but_the_dot_of_an_i_is():
    image = np.zeros((28, 28), np.uint8)
    image[10:25, 12:15] = 255
    image[4:6, 12:15] = 255
    dotted = ink_of(image)
    assert dotted.top < 5
    image[4:6, 12:15] = 0
    image[4, 13] = 140
    assert ink_of(image).top > 9


def test_nothing_is_drawn_far_from_the_ink():
    far = np.linspace(24, 28, 20)
    assert (ink_of(disc(5)).depth(far, far) < -1).all()
