import pytest
import torch
from hypothesis import given
from scipy.stats import entropy

from glyphspace.core.errors import BadInput
from glyphspace.core.randomness import stream
from glyphspace.metrics.modes import class_modes, cluster, cluster_modes, clustered, divergence, sampling_divergence

from .clouds import cloud, seeds

THOUSAND = torch.full((1000,), 1e-3, dtype=torch.float64)


def labels_of(reference, count, seed=0):
    return torch.multinomial(reference, count, replacement=True, generator=stream(seed, "labels"))


def test_sampling_alone_gives_what_the_literature_says_for_stacked_digits():
    found = sampling_divergence(THOUSAND, 26_000)
    assert found == pytest.approx(999 / 52_000, rel=0.02)
    assert round(found, 3) == 0.019


def test_labels_drawn_from_the_data_cover_every_mode_at_the_floor():
    modes = class_modes(labels_of(THOUSAND, 26_000), THOUSAND)
    assert (modes.count, modes.covered, modes.missing) == (26_000, 1000, ())
    assert modes.divergence == pytest.approx(modes.sampling_divergence, rel=0.1)


def test_collapse_to_some_classes_is_counted_and_named():
    labels = labels_of(THOUSAND, 26_000) % 990
    modes = class_modes(labels, THOUSAND)
    assert modes.covered == 990 and modes.missing == tuple(range(990, 1000))
    one = class_modes(torch.zeros(500, dtype=torch.int64), THOUSAND)
    assert one.covered == 1 and one.divergence == pytest.approx(torch.log(torch.tensor(1000.0)).item())


def test_a_class_that_is_rare_in_the_data_may_be_rare():
    rare = torch.tensor([0.9, 0.1], dtype=torch.float64)
    labels = torch.tensor([0] * 9 + [1])
    assert class_modes(labels, rare).divergence == pytest.approx(0)
    assert class_modes(labels, torch.full((2,), 0.5, dtype=torch.float64)).divergence > 0.3


@given(seeds)
def test_divergence_is_that_of_scipy(seed):
    one, other = (cloud(seed + i, 1, 12)[0].double().softmax(0) for i in (0, 1))
    assert divergence(one, other) == pytest.approx(entropy(one, other), abs=1e-9)


@pytest.mark.parametrize("reference", [[0.5, 0.5, 0.0], [0.5, 0.4]])
def test_a_reference_must_be_shares_of_every_class(reference):
    with pytest.raises(BadInput, match="share of each class"):
        class_modes(torch.tensor([0, 1]), torch.tensor(reference, dtype=torch.float64))


def blobs(count, blobs=10, seed=0):
    draws = stream(seed, "blobs", count)
    which = torch.randint(0, blobs, (count,), generator=draws)
    return torch.eye(10)[which] * 20 + torch.randn(count, 10, generator=draws)


def test_real_images_cover_every_cluster_and_differ_by_chance_alone():
    clusters = cluster(blobs(3000), k=10)
    modes = cluster_modes(clusters, blobs(3000, seed=1))
    assert (modes.clusters, modes.covered) == (10, 10) and modes.different <= 3


def test_clusters_that_are_never_drawn_are_counted():
    clusters = cluster(blobs(3000), k=10)
    modes = cluster_modes(clusters, blobs(3000, blobs=7))
    assert modes.covered == 7 and modes.different == 10


def test_a_shape_that_is_lost_lowers_the_share_that_is_covered():
    clusters = cluster(blobs(200)[clustered(200)])
    assert len(clusters) == 20  # one for every ten
    of_all, of_half = (cluster_modes(clusters, blobs(2000, count, seed=1)).share for count in (10, 5))
    assert of_all == 1 and of_half == pytest.approx(0.5, abs=0.15)


def test_clusters_repeat_for_a_seed():
    one, again = cluster(blobs(300), k=10), cluster(blobs(300), k=10)
    assert torch.equal(one.centres, again.centres)
    assert float(one.shares.sum()) == pytest.approx(1)


def test_too_few_images_make_no_clusters():
    with pytest.raises(BadInput, match="take more images"):
        cluster(blobs(20), k=30)
    with pytest.raises(BadInput, match="wide cannot be compared"):
        cluster_modes(cluster(blobs(300), k=10), torch.zeros(5, 4))


@pytest.mark.filterwarnings("ignore:Number of distinct clusters")
def test_a_cluster_without_images_is_none_that_could_be_covered():
    points = torch.eye(4).repeat(100, 1)
    clusters = cluster(points)
    assert len(clusters) == 4
    assert cluster_modes(clusters, points[:1].repeat(50, 1)).covered == 1
