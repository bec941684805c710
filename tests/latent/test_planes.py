import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.latent.decode import conditions, decode
from glyphspace.latent.labelled import label
from glyphspace.latent.means import mean_latents
from glyphspace.latent.planes import map_plane, plane_through
from glyphspace.latent.prior import normal

from .stamps import classifier, conditional, generator


@given(seed=st.integers(0, 1000))
def test_the_three_points_lie_on_the_plane_within_the_window(seed):
    points = normal(3, 20, seed)
    plane = plane_through(points)
    torch.testing.assert_close(plane.at(plane.corners), points, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(plane.axes @ plane.axes.T, torch.eye(2), rtol=0, atol=1e-5)
    assert plane.corners.abs().max() <= plane.half
    flat, space = torch.cdist(plane.corners, plane.corners), torch.cdist(points, points)
    torch.testing.assert_close(flat, space, rtol=1e-4, atol=1e-4)


def test_labels_and_certainty_are_those_of_the_points(labelled):
    means = mean_latents(labelled).latents[[8, 1, 0]] * 4
    plane = plane_through(means)
    found = map_plane(generator(), classifier(), plane, resolution=21, images=3, precision="float32")
    assert found.labels.shape == found.certainty.shape == (21, 21) and found.images.shape == (3, 3, 28, 28)
    assert float(found.areas.sum()) == pytest.approx(1)
    for corner, name in zip(found.corners, (8, 1, 0), strict=True):
        column, row = ((corner[0] + 1) / 2 * 21).long(), ((1 - corner[1]) / 2 * 21).long()
        assert found.labels[row, column] == name
    top_left = torch.tensor([[-1.0, 1.0]]) * found.half * (1 - 1 / 21)
    assert found.labels[0, 0] == label(generator(), classifier(), plane.at(top_left)).labels[0]
    assert torch.equal(found.images[1, 1], decode(generator(), plane.at(torch.zeros(1, 2)))[0])


def test_a_wider_window_holds_the_narrow_one():
    plane = plane_through(normal(3, 12, 0))
    near, far = (map_plane(generator(), classifier(), plane, 20, zoom, 1, precision="float32") for zoom in (1.0, 4.0))
    assert far.half == 4 * near.half
    torch.testing.assert_close(far.corners * 4, near.corners)
    # the middle fifth of the far window's points are within the near one's
    assert set(far.labels[8:12, 8:12].unique().tolist()) <= set(near.labels.unique().tolist())


def test_shares_above_a_certainty_shrink():
    found = map_plane(generator(), classifier(), plane_through(normal(3, 12, 1)), 20, images=2)
    shares = [found.share_above(certainty) for certainty in (0.0, 0.5, 0.95, 1.01)]
    assert shares == sorted(shares, reverse=True) and (shares[0], shares[-1]) == (1, 0)


def test_planes_of_latents_and_of_conditions_of_a_conditional_generator():
    model = conditional()
    told = conditions(model, torch.arange(10))
    z = normal(3, model.net.z_dim, 0)
    of_latents = map_plane(model, classifier(), plane_through(z), 8, images=2, fixed=told[5])
    assert of_latents.labels.eq(5).float().mean() > 0.9
    corners = plane_through(told[[2, 3, 4]])
    of_conditions = map_plane(model, classifier(), corners, 15, images=2, of="conditions", fixed=z[0])
    assert {2, 3, 4} <= set(of_conditions.labels.unique().tolist())


def test_what_is_no_plane_is_refused():
    a, b = normal(2, 5, 0)
    for points in (torch.stack([a, b]), torch.stack([a, b, (a + b) / 2]), torch.stack([a, a, b]), torch.zeros(3, 5)):
        with pytest.raises(BadInput):
            plane_through(points)
    plane = plane_through(normal(3, 12, 0))
    for wrong in ({"resolution": 1}, {"resolution": 10**6}, {"zoom": 0.0}, {"zoom": float("nan")}, {"images": 0}):
        with pytest.raises(BadInput, match="cannot be drawn"):
            map_plane(generator(), classifier(), plane, **wrong)
