import json
from dataclasses import asdict

import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.metrics.feature_set import FeatureSet
from glyphspace.metrics.judge import judge
from glyphspace.metrics.neighbours import nearest

from .clouds import cloud, images_of

TRAINING, TEST, FAKE = images_of("training", 300), images_of("test", 90), images_of("fake", 80)


def test_every_figure_is_given_and_goes_to_json_and_back():
    found = asdict(judge(TEST, FAKE, TRAINING))
    assert json.loads(json.dumps(found, allow_nan=False)) == {**found, "classes": listed(found["classes"])}
    assert (found["real_count"], found["fake_count"]) == (90, 80)
    assert found["classes"]["label_accuracy"] == 1
    assert sum(found["classes"]["shares"]) == pytest.approx(1)
    assert found["memorisation"]["ratio"] == pytest.approx(1, abs=0.3)
    assert found["pixel_memorisation"]["ratio"] == pytest.approx(1, abs=0.1)


def listed(classes):
    return {**classes, "shares": list(classes["shares"])}


def test_real_images_against_themselves_are_perfect():
    same = judge(TEST, TEST)
    assert same.frechet == pytest.approx(0, abs=1e-10)
    assert (same.manifold.precision, same.manifold.recall) == (1, 1)
    assert same.classes.total_variation == 0
    assert same.classes.score == same.classes.real_score


def test_worse_images_are_judged_worse():
    blurred = FeatureSet(FAKE.features * 0.2 + 3)
    assert judge(TEST, blurred).frechet > 10 * judge(TEST, FAKE).frechet
    assert judge(TEST, blurred).kernel.value > judge(TEST, FAKE).kernel.value
    assert judge(TEST, blurred).manifold.coverage < judge(TEST, FAKE).manifold.coverage


def test_copied_training_images_show_as_memory():
    found = judge(TEST, TRAINING.take(torch.arange(50)), TRAINING)
    assert (found.memorisation.ratio, found.pixel_memorisation.ratio) == (0, 0)


def test_figures_that_need_what_is_not_known_are_left_out():
    bare = judge(FeatureSet(TEST.features), FeatureSet(FAKE.features), FeatureSet(TRAINING.features))
    assert bare.classes is None
    assert bare.pixel_memorisation is None
    assert bare.memorisation is not None
    assert judge(FeatureSet(TEST.features), FAKE).classes.total_variation is None


def test_distances_that_are_known_need_not_be_found_again():
    known = nearest(TEST.features, TRAINING.features).distances
    assert judge(TEST, FAKE, TRAINING, real_distances=known) == judge(TEST, FAKE, TRAINING)


def test_progress_names_each_step():
    notes = []
    judge(TEST, FAKE, progress=lambda done, total, note="": notes.append((done, total, note)))
    assert notes[0] == (0, 5, "Fréchet distance")
    assert notes[-1] == (5, 5, "")


def test_networks_that_do_not_fit_are_refused_in_one_line():
    with pytest.raises(BadInput, match="3 and 4 wide cannot be compared"):
        judge(TEST, FeatureSet(cloud(0)))
    with pytest.raises(BadInput, match="outside the 2 classes"):
        judge(TEST, FeatureSet(FAKE.features, probabilities=torch.full((80, 2), 0.5)))
