import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

from glyphspace.metrics.neighbours import centred, nearest, radii, squared_distances

from .clouds import cloud, seeds, shuffled

blocks = st.integers(1, 5000)


@given(seeds, blocks)
def test_blocks_together_hold_every_distance(seed, block):
    a, b = centred(cloud(seed), cloud(seed + 1, rows=50))
    whole = torch.cat([squared.clone() for _, squared in squared_distances(a, b, block)])
    torch.testing.assert_close(whole.sqrt(), torch.cdist(a, b))


def test_blocks_are_as_small_as_asked():
    a, b = cloud(0), cloud(1, rows=50)
    assert max(squared.numel() for _, squared in squared_distances(a, b, block=120)) == 100


@given(seeds, st.integers(1, 9), blocks)
def test_radii_are_those_of_scikit_learn(seed, k, block):
    points = cloud(seed).double()
    reference = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(points).kneighbors()[0][:, -1]
    torch.testing.assert_close(radii(points, k, block), torch.from_numpy(reference))


def test_copies_of_a_point_are_its_neighbours_and_it_is_not_its_own():
    points = torch.tensor([[0.0], [0.0], [3.0], [7.0]])
    assert radii(points, 1).tolist() == [0, 0, 3, 4]
    assert radii(points, 2).tolist() == [3, 3, 3, 7]


@given(seeds, blocks)
def test_nearest_neighbours_are_those_of_scikit_learn(seed, block):
    reference, points = cloud(seed).double(), cloud(seed + 1, rows=50).double()
    found = nearest(points, reference, block)
    distances, indices = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(reference).kneighbors(points)
    assert found.indices.tolist() == indices[:, 0].tolist()
    torch.testing.assert_close(found.distances, torch.from_numpy(distances[:, 0]))


@given(seeds)
def test_a_copy_is_found_at_distance_zero(seed):
    points = cloud(seed) + 1000
    found = nearest(shuffled(points, seed), points)
    assert (found.distances == 0).all()
    assert torch.equal(points[found.indices], shuffled(points, seed))


@given(seeds, st.floats(-1e6, 1e6))
def test_moving_everything_changes_no_distance(seed, shift):
    a, b = cloud(seed).double(), cloud(seed + 1).double()
    torch.testing.assert_close(nearest(a + shift, b + shift).distances, nearest(a, b).distances, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_squared_distances_are_never_negative(dtype):
    points = (cloud(0) + 1e4).to(dtype)
    assert all((squared >= 0).all() for _, squared in squared_distances(points, points))
