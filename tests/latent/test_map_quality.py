import pytest
import sklearn.manifold
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.latent.map_quality import agreement, class_distances, kept_neighbours, purity, trustworthiness


def draw(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@settings(max_examples=15)
@given(st.integers(0, 99), st.integers(25, 80), st.integers(1, 12))
def test_trustworthiness_is_that_of_scikit_learn(seed, count, k):
    points, positions = draw(seed, count, 6), draw(seed + 1, count, 2)
    theirs = sklearn.manifold.trustworthiness(points.numpy(), positions.numpy(), n_neighbors=k)
    assert trustworthiness(points, positions, k) == pytest.approx(theirs, abs=1e-6)


def test_a_map_that_is_the_space_is_trusted_and_shares_all_neighbours():
    points = draw(0, 60, 2)
    assert trustworthiness(points, 3 * points) == 1
    assert kept_neighbours(points, 3 * points) == 1
    assert kept_neighbours(points, draw(1, 60, 2)) < 0.4


def test_purity_is_one_for_groups_apart_and_chance_for_labels_at_random():
    labels = torch.arange(2).repeat_interleave(300)
    assert purity(100.0 * labels[:, None] + draw(0, 600, 2), labels).share == 1
    mixed = purity(draw(0, 600, 2), labels)
    assert mixed.chance == pytest.approx(299 / 599)
    assert abs(mixed.share - mixed.chance) < 0.03


def test_class_distances_are_in_units_of_their_mean_and_leave_out_who_is_not_there():
    labels = torch.tensor([0, 0, 1, 3])
    distances = class_distances(torch.tensor([[0.0, 0], [0, 0], [3, 0], [0, 4]]), labels, 4)
    torch.testing.assert_close(distances[0, [1, 3]], torch.tensor([0.75, 1.0], dtype=torch.float64))
    assert distances[2].isnan().all()


def test_maps_that_differ_by_a_rotation_agree_in_all():
    labels = torch.arange(3).repeat(20)
    positions = draw(0, 60, 2) + 5 * labels[:, None]
    turned = positions @ torch.tensor([[0.0, 1], [-1, 0]])
    found = agreement([positions, turned], labels, 4)
    assert found.neighbours == pytest.approx(1)
    assert found.same_nearest == 1
    assert found.nearest[:, 3].tolist() == [-1, -1]
    assert found.spread[:3, :3].abs().max() < 0.02


def test_one_class_has_no_nearest_one():
    maps = [draw(seed, 30, 2) for seed in range(2)]
    assert agreement(maps, torch.zeros(30, dtype=torch.int64), 4).same_nearest is None


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(BadInput, match="compare two or more"):
        agreement([draw(0, 30, 2)], torch.zeros(30, dtype=torch.int64), 1)
    with pytest.raises(BadInput, match="below half"):
        trustworthiness(draw(0, 20, 3), draw(0, 20, 2), 10)
