import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.latent.map_areas import CELLS, areas


def squares(seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Two squares of evenly strewn points, of which the second has four times the area and as many points."""
    places = torch.rand(4000, 2, generator=torch.Generator().manual_seed(seed))
    labels = torch.arange(2).repeat_interleave(2000)
    return places * (1.0 + labels[:, None]) + 4.0 * labels[:, None], labels


def test_a_class_has_the_area_it_covers_however_many_points_it_has():
    found = areas(*squares(), classes=3)
    assert found.areas.sum() == pytest.approx(1)
    assert found.areas[1] == pytest.approx(0.8, abs=0.03)
    assert found.areas[2] == 0
    assert found.points.tolist() == [0.5, 0.5, 0]


def test_the_grid_lies_over_the_map_with_its_rows_upwards():
    found = areas(*squares(), classes=2)
    assert found.owners.shape == (CELLS, CELLS)
    assert found.owners[CELLS // 12, CELLS // 12] == 0
    assert found.owners[3 * CELLS // 4, 3 * CELLS // 4] == 1
    assert found.owners[-2, 1] == -1


def test_moving_and_stretching_a_map_changes_no_area():
    positions, labels = squares()
    one, other = areas(positions, labels, 2), areas(positions * 30 - 7, labels, 2)
    torch.testing.assert_close(one.areas, other.areas, atol=5e-3, rtol=0)


@given(order=st.permutations(range(4)), seed=st.integers(0, 3))
def test_areas_do_not_depend_on_the_order_of_the_classes(order, seed):
    draws = torch.Generator().manual_seed(seed)
    positions, labels = torch.randn(300, 2, generator=draws), torch.randint(4, (300,), generator=draws)  # no clusters
    order = torch.tensor(order)
    torch.testing.assert_close(areas(positions, order[labels], 4).areas[order], areas(positions, labels, 4).areas)
