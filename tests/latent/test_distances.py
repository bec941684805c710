import numpy as np
import pytest
import torch
from sklearn.neighbors import NearestCentroid

from glyphspace.core.errors import BadInput
from glyphspace.latent.distances import RULES, distance_matrix, distances_to_means, in_sample_mdm, mdm, told_from
from glyphspace.latent.means import mean_latents

THRESHOLDS = (0.0, 0.5)


def test_distances_are_those_of_numpy(labelled):
    means = mean_latents(labelled)
    known = np.linalg.norm(labelled.latents.numpy()[:, None] - means.latents.numpy()[None], axis=2)
    np.testing.assert_allclose(distances_to_means(labelled.latents, means).numpy(), known, rtol=1e-5)
    matrix = distance_matrix(labelled, means)
    row = known[labelled.labels.numpy() == 3].mean(axis=0)
    np.testing.assert_allclose(matrix[3].numpy(), row, rtol=1e-5)
    assert matrix.diagonal().mean() < matrix.mean()


def test_a_class_without_latents_is_far_from_everything_and_has_no_row(labelled):
    some = labelled.of_class(2, 8)
    means = mean_latents(some)
    assert set(distances_to_means(some.latents, means).argmin(dim=1).tolist()) <= {2, 8}
    matrix = distance_matrix(some, means)
    assert torch.isfinite(matrix).sum() == 4 and torch.isfinite(matrix[[2, 8]][:, [2, 8]]).all()


def test_the_nearest_mean_is_that_of_scikit_learn(labelled):
    fitted, asked = labelled.take(range(600)), labelled.take(range(600, 1000))
    known = NearestCentroid().fit(fitted.latents.numpy(), fitted.labels.numpy()).predict(asked.latents.numpy())
    assert mdm(fitted.latents, fitted.labels, asked.latents).tolist() == known.tolist()


@pytest.mark.parametrize("rule", RULES)
def test_rules_are_asked_about_latents_that_they_have_not_seen(rule, labelled):
    found = told_from(rule, labelled, THRESHOLDS)
    assert [told.threshold for told in found] == list(THRESHOLDS)
    assert found[0].matrix.sum() == len(labelled) // 2
    assert found[0].agreement == pytest.approx(float(found[0].matrix.diagonal().sum() / found[0].matrix.sum()))
    if rule == "commonest class":
        assert found[0].agreement < 0.2
    else:
        assert found[0].agreement > 0.5  # the stamper's classes are in z, and linear


def test_of_latents_without_classes_nothing_is_told(labelled):
    noise = torch.randn(1000, 12, generator=torch.Generator().manual_seed(0))
    assert told_from("linear probe", labelled, (0.0,), points=noise)[0].agreement < 0.2
    assert (
        in_sample_mdm(labelled, 0.0).agreement >= told_from("nearest mean (MDM)", labelled, (0.0,))[0].agreement - 0.03
    )


def test_one_class_alone_is_told_by_every_rule(labelled):
    one = labelled.of_class(4)
    for rule in RULES:
        assert told_from(rule, one, (0.0,))[0].agreement == 1


def test_too_few_certain_latents_are_refused(labelled):
    with pytest.raises(BadInput, match="draw more, or ask for less"):
        told_from("linear probe", labelled, (1.01,))
