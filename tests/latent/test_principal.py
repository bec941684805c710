import torch

from glyphspace.latent.principal import principal_axes


def spread(count: int, dimensions: int) -> torch.Tensor:
    """Points that vary less and less from dimension to dimension."""
    return torch.randn(count, dimensions, generator=torch.Generator().manual_seed(0)) / torch.arange(1, dimensions + 1)


def test_components_are_those_of_the_singular_value_decomposition():
    points = spread(200, 20)
    axes = principal_axes(points, 5)
    centred = points - points.mean(0)
    _, singular, directions = torch.linalg.svd(centred, full_matrices=False)
    torch.testing.assert_close((axes.directions * directions[:5].T).sum(0).abs(), torch.ones(5), atol=1e-4, rtol=0)
    torch.testing.assert_close(axes.shares, singular[:5] ** 2 / centred.square().sum(), atol=1e-5, rtol=1e-3)
    torch.testing.assert_close(axes(points).mean(0), torch.zeros(5), atol=1e-5, rtol=0)


def test_of_many_dimensions_the_same_components_are_found_by_iteration():
    points = spread(60, 1500)
    axes = principal_axes(points, 4)
    _, _, directions = torch.linalg.svd(points - points.mean(0), full_matrices=False)
    assert (axes.directions * directions[:4].T).sum(0).abs().min() > 0.99
    torch.testing.assert_close(axes.directions.T @ axes.directions, torch.eye(4), atol=1e-4, rtol=0)


def test_there_are_no_more_components_than_dimensions():
    assert principal_axes(spread(50, 3), 10).directions.shape == (3, 3)
