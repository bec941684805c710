"""Maps of points: what every method keeps, where new points go, and what is refused."""

import pytest
import torch

from glyphspace.core.errors import BadInput, Unavailable, UnknownName
from glyphspace.latent.map_quality import purity, trustworthiness
from glyphspace.latent.maps import first_positions, maps, pca, tsne, umap


def clouds(count: int = 40, dimensions: int = 60) -> tuple[torch.Tensor, torch.Tensor]:
    """Three groups of points far apart."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.arange(3).repeat_interleave(count)
    middles = 12 * torch.randn(3, dimensions, generator=generator)
    return middles[labels] + torch.randn(3 * count, dimensions, generator=generator), labels


@pytest.fixture(scope="module")
def laid_out():
    return tsne(clouds()[0])


def test_tsne_keeps_groups_together_and_neighbours_near(laid_out):
    points, labels = clouds()
    assert laid_out.positions.shape == (120, 2) and laid_out.positions.dtype == torch.float32
    assert purity(laid_out.positions, labels, k=5).share == 1
    assert trustworthiness(points, laid_out.positions, k=5) > 0.8


def test_new_points_are_placed_among_their_own_and_the_map_stays(laid_out):
    points, labels = clouds()
    before = laid_out.positions.clone()
    placed = laid_out.place(points[::20] + 0.01)
    nearest = torch.cdist(placed, laid_out.positions).argmin(1)
    assert torch.equal(labels[nearest], labels[::20])
    assert torch.equal(before, laid_out.positions)
    assert laid_out.place(points[:0]).shape == (0, 2)


def test_a_seed_means_one_map():
    points, _ = clouds(10)
    again = [tsne(points, seed=3, start="random").positions for _ in range(2)]
    assert torch.equal(*again)


def test_pca_is_the_projection_with_most_variance_from_every_seed():
    points, _ = clouds()
    found = pca(points, seed=1, start="random")
    singular = torch.linalg.svdvals(points - points.mean(0))[:2]
    torch.testing.assert_close(found.positions.norm(dim=0), singular, rtol=1e-4, atol=1e-3)
    torch.testing.assert_close(found.place(points), found.positions)


def test_the_start_is_the_same_from_every_seed_along_principal_components_and_another_at_random():
    points, _ = clouds()
    by_pca = [first_positions(points, seed, "pca") for seed in (0, 1)]
    at_random = [first_positions(points, seed, "random") for seed in (0, 1)]
    assert (by_pca[0] - by_pca[1]).abs().max() < 1e-5 < (at_random[0] - at_random[1]).abs().max()
    assert first_positions(points[:, :1], 0, "pca").shape == (120, 2)


def test_progress_is_told():
    told = []
    tsne(clouds(5)[0], progress=lambda done, total, note="": told.append((done, total)))
    steps, totals = zip(*told, strict=True)
    assert set(totals) == {steps[-1]} and list(steps) == sorted(set(steps))


@pytest.mark.parametrize("method", list(maps))
def test_what_makes_no_map_is_refused(method):
    with pytest.raises(BadInput, match="9 points make no map"):
        maps[method](torch.randn(9, 4))
    with pytest.raises(BadInput, match="not finite"):
        maps[method](torch.full((20, 4), torch.nan))


def test_unknown_methods_and_starts_are_refused():
    with pytest.raises(UnknownName, match="did you mean tsne"):
        maps["tnse"]
    with pytest.raises(BadInput, match="not from 'centre'"):
        tsne(torch.randn(20, 3), start="centre")
    with pytest.raises(BadInput, match="lie on a line"):
        pca(torch.randn(20, 1))


def test_without_the_extra_umap_says_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "umap", None)
    with pytest.raises(Unavailable, match=r"glyphspace\[umap\]"):
        umap(clouds()[0])


@pytest.mark.slow
def test_umap_keeps_groups_together():
    pytest.importorskip("umap")
    points, labels = clouds()
    found = umap(points)
    assert purity(found.positions, labels, k=5).share > 0.95
    assert found.place(points[:7]).shape == (7, 2)
