import torch
from sklearn.neighbors import NearestNeighbors

from glyphspace.latent.neighbourhoods import neighbourhoods


def test_neighbours_are_those_of_scikit_learn():
    points = torch.randn(150, 5, generator=torch.Generator().manual_seed(0)) + 100
    theirs = NearestNeighbors(n_neighbors=4).fit(points.numpy())
    distances, indices = theirs.kneighbors()
    found = neighbourhoods(points, 4)
    assert found.indices.tolist() == indices.tolist()
    torch.testing.assert_close(found.distances, torch.from_numpy(distances), check_dtype=False, atol=1e-3, rtol=1e-3)


def test_queries_may_find_themselves():
    points = torch.randn(30, 3)
    assert neighbourhoods(points, 1, points).indices.flatten().tolist() == list(range(30))
