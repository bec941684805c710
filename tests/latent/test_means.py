import pytest
import torch

from glyphspace.latent.means import mean_latents, norms


def test_means_are_those_of_the_latents_of_each_class(labelled):
    means = mean_latents(labelled)
    assert means.classes == labelled.classes and means.present.tolist() == list(range(10))
    for one in range(10):
        own = labelled.of_class(one)
        assert means.counts[one] == len(own)
        torch.testing.assert_close(means.latents[one], own.latents.mean(dim=0))


def test_a_class_without_latents_has_the_mean_of_the_prior_and_is_not_present(labelled):
    means = mean_latents(labelled.of_class(2, 8))
    assert means.present.tolist() == [2, 8] and means.counts.sum() == len(labelled.of_class(2, 8))
    assert not means.latents[[0, 1, 3, 4, 5, 6, 7, 9]].any()
    assert torch.isfinite(means.latents).all()


def test_means_of_no_latents_at_all_are_zero(labelled):
    means = mean_latents(labelled.take([]))
    assert not len(means.present) and not means.latents.any()


def test_means_are_far_shorter_than_latents(labelled):
    assert norms(labelled.latents).mean() == pytest.approx(12**0.5, rel=0.05)
    assert norms(mean_latents(labelled).latents).max() < 0.7 * norms(labelled.latents).mean()
