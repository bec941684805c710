import numpy as np
import pytest
import scipy.linalg
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from glyphspace.core.errors import BadInput
from glyphspace.metrics.frechet import frechet_distance, statistics

from .clouds import cloud, seeds, shuffled


def distance(a, b):
    return frechet_distance(statistics(a), statistics(b))


def by_scipy(a, b):
    a, b = a.double().numpy(), b.double().numpy()
    first, second = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = scipy.linalg.sqrtm(first @ second).real
    return np.square(a.mean(0) - b.mean(0)).sum() + np.trace(first + second - 2 * root)


def test_moments_are_those_of_numpy():
    features = cloud(0, rows=500, width=7) + 1e4
    found = statistics(features, chunk=64)
    np.testing.assert_allclose(found.mean, features.double().numpy().mean(0), rtol=1e-13)
    np.testing.assert_allclose(found.covariance, np.cov(features.double().numpy(), rowvar=False), rtol=1e-9)
    assert found.count == 500


@given(seeds, st.integers(1, 70))
def test_chunks_do_not_change_the_moments(seed, chunk):
    features = cloud(seed)
    whole, parts = statistics(features), statistics(features, chunk)
    torch.testing.assert_close(parts.mean, whole.mean)
    torch.testing.assert_close(parts.covariance, whole.covariance)


@given(seeds)
def test_distance_is_that_of_the_matrix_square_root_of_scipy(seed):
    a, b = cloud(seed), cloud(seed + 1, rows=80)
    assert distance(a, b) == pytest.approx(by_scipy(a, b), rel=1e-6)


def test_distance_is_that_of_torchmetrics():
    from torchmetrics.image.fid import FrechetInceptionDistance

    network = nn.Identity()
    network.num_features = 16
    reference = FrechetInceptionDistance(feature=network)
    a, b = cloud(0, 400, 16), cloud(1, 300, 16)
    reference.update(a, real=True)
    reference.update(b, real=False)
    assert distance(a, b) == pytest.approx(float(reference.compute()), rel=1e-5)


def test_gaussians_on_a_line_have_the_distance_of_the_formula():
    a = torch.tensor([[-1.0], [1.0]])  # mean 0, variance 2
    assert distance(a, 3 * a + 5) == pytest.approx(5**2 + (3 * 2**0.5 - 2**0.5) ** 2)


@given(seeds)
def test_a_set_is_at_no_distance_from_itself_in_another_order(seed):
    features = cloud(seed)
    assert 0 <= distance(features, shuffled(features, seed)) < 1e-11 * float(features.square().sum())


@given(seeds)
def test_distance_is_symmetric_and_does_not_depend_on_order(seed):
    a, b = cloud(seed), cloud(seed + 1)
    assert distance(a, b) == pytest.approx(distance(b, shuffled(a, seed)), rel=1e-9)


@given(seeds)
def test_moving_and_turning_both_sets_changes_nothing(seed):
    a, b = cloud(seed).double(), cloud(seed + 1).double()
    turn = torch.linalg.qr(cloud(seed + 2, 4, 4).double()).Q
    assert distance(a @ turn + 7, b @ turn + 7) == pytest.approx(distance(a, b), rel=1e-8)


@settings(max_examples=25)
@given(seeds)
def test_singular_covariances_are_no_trouble(seed):
    flat = cloud(seed, rows=5, width=20)
    assert 0 <= distance(flat, flat) < 1e-10 * float(flat.square().sum())
    moved = flat.double() + 2
    assert distance(flat.double(), moved) == pytest.approx(20 * 2**2, rel=1e-6)


def test_constant_features_have_the_distance_of_their_means():
    assert distance(torch.zeros(4, 3), torch.ones(5, 3)) == pytest.approx(3)


def test_statistics_of_two_networks_are_refused():
    with pytest.raises(BadInput, match="4 and 5 wide cannot be compared"):
        distance(cloud(0), cloud(0, width=5))
