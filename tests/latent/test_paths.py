import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.latent.paths import follow, forms, mix, slerp, towards, weighted
from glyphspace.latent.prior import normal

ENDS_AT_POINTS = pytest.mark.parametrize("form", ["linear", "spherical"])


@ENDS_AT_POINTS
@given(count=st.integers(2, 5), steps=st.integers(1, 6))
def test_a_path_passes_through_all_its_points(form, count, steps):
    points = normal(count, 7, 0)
    path = follow(form, points, (count - 1) * steps + 1)
    torch.testing.assert_close(path[::steps], points, rtol=1e-4, atol=1e-5)


def test_a_path_towards_a_point_ends_there_whatever_its_formula_begins_with():
    ends = normal(2, 7, 0)
    torch.testing.assert_close(towards("two-way", ends, 5), follow("linear", ends, 5))
    torch.testing.assert_close(towards("two-way", ends[[0, 0]], 5), ends[[0] * 5])


def test_a_straight_path_is_that_of_the_formula():
    a, b = normal(2, 5, 0)
    path = follow("linear", torch.stack([a, b]), 5)
    torch.testing.assert_close(path[1], 0.75 * a + 0.25 * b)


def test_a_spherical_path_keeps_the_length_and_turns_evenly():
    points = torch.nn.functional.normalize(normal(2, 100, 0), dim=1) * 10
    path = follow("spherical", points, 9)
    torch.testing.assert_close(path.norm(dim=1), torch.full((9,), 10.0))
    cosines = torch.nn.functional.cosine_similarity(path[1:], path[:-1])
    torch.testing.assert_close(cosines, cosines[:1].expand(8), rtol=1e-5, atol=1e-5)
    assert follow("linear", points, 9).norm(dim=1).min() < 8


def test_points_of_one_or_opposite_direction_are_joined_by_a_straight_line():
    one = torch.tensor([[1.0, 0.0]])
    for other in (3 * one, -one, 0 * one):
        torch.testing.assert_close(slerp(one, other, torch.tensor([[0.25]])), 0.75 * one + 0.25 * other)


def test_the_mixtures_of_the_report_are_as_it_writes_them():
    z1, z2, z3 = normal(3, 6, 0)
    two, three = (follow(form, points, 11) for form, points in (
        ("two-way", torch.stack([z1, z2])), ("three-way", torch.stack([z1, z2, z3]))))  # fmt: skip
    for step in range(11):
        a = step / 10
        torch.testing.assert_close(two[step], a * z1 + (1 - a) * z2)
        torch.testing.assert_close(three[step], a * z1 + abs(0.5 - a) * z2 + (1 - a) * z3)
    torch.testing.assert_close(three[5], (z1 + z3) / 2)  # no equal combination: z2 has no part in it
    assert math.isclose(float(two[0].norm()), float(z2.norm()), rel_tol=1e-5)


def test_any_weights_mix_any_points():
    points = normal(4, 3, 0)
    weights = torch.tensor([[1.0, 0, 0, 0], [0.5, -1, 2, 0.25]])
    torch.testing.assert_close(mix(points, weights)[1], 0.5 * points[0] - points[1] + 2 * points[2] + points[3] / 4)
    with pytest.raises(BadInput, match="one for each"):
        mix(points, weights[:, :3])


@given(steps=st.integers(2, 15))
def test_weights_say_what_the_mixtures_of_the_report_are(steps):
    points = normal(3, 6, 0)
    two, three = weighted([(0.0, 1.0), (1.0, 0.0)]), weighted([(0.0, 0.5, 1.0), (0.5, 0.0, 0.5), (1.0, 0.5, 0.0)])
    torch.testing.assert_close(two(points[:2], steps), follow("two-way", points[:2], steps))
    torch.testing.assert_close(three(points, steps), follow("three-way", points, steps), rtol=1e-4, atol=1e-5)


@given(
    weights=st.integers(1, 4).flatmap(
        lambda points: st.lists(st.lists(st.floats(-9, 9), min_size=points, max_size=points), min_size=2, max_size=5)
    ),
    each=st.integers(1, 4),
)
def test_mixtures_of_any_weights_pass_through_every_row(weights, each):
    points = normal(len(weights[0]), 3, 0)
    path = weighted(weights)(points, (len(weights) - 1) * each + 1)
    torch.testing.assert_close(path[::each], mix(points, torch.tensor(weights)), rtol=1e-4, atol=1e-4)


def test_weights_that_do_not_fit_are_refused():
    for wrong in ([(1.0, 0.0), (1.0,)], [(1.0, 0.0)], [], [(1.0, 0.0), (1.0, math.nan)]):
        with pytest.raises(BadInput, match="row"):
            weighted(wrong)
    with pytest.raises(BadInput, match="one for each"):
        weighted([(1.0, 0.0), (0.0, 1.0)])(normal(3, 4, 0), 5)


def test_what_is_no_path_is_refused():
    points = normal(3, 4, 0)
    for form, some, steps in (
        ("linear", points, 1), ("linear", points[:1], 5), ("two-way", points, 5), ("three-way", points[:2], 5)
    ):  # fmt: skip
        with pytest.raises(BadInput):
            follow(form, some, steps)
    with pytest.raises(UnknownName, match="linear"):
        follow("lineal", points, 5)
    assert set(forms) == {"linear", "spherical", "two-way", "three-way"}
