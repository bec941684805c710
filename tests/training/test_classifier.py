from dataclasses import replace

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from glyphspace.core.errors import UnknownName
from glyphspace.nets.dropout import Dropout
from glyphspace.nets.registries import classifiers
from glyphspace.training.optimise import optimizers
from glyphspace.training.state import state

from .conftest import CNN


def same(one, two):
    ours, theirs = state(one.parts), state(two.parts)
    return ours.keys() == theirs.keys() and all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_a_step_is_a_function_of_seed_and_number_and_leaves_the_global_generator_alone(make):
    ours, again, other = make(CNN), make(CNN), make(CNN, seed=1)
    before = torch.random.get_rng_state()
    for step in range(3):
        one, two, three = (training.advance(step, 0.1) for training in (ours, again, other))
        assert torch.equal(one, two)
        assert not torch.equal(one, three)
    assert same(ours, again)
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_the_figures_are_cross_entropy_and_the_share_that_is_right(make, smoothing):
    training = make(replace(CNN, augmentation="none", label_smoothing=smoothing, rate=0.0))
    loss, accuracy = training.advance(0, 0.5)
    images, labels = training.batches.at(0)
    logits = training.classifier(images.unsqueeze(1) / 127.5 - 1)
    torch.testing.assert_close(loss, cross_entropy(logits, labels, label_smoothing=smoothing))
    torch.testing.assert_close(accuracy, (logits.argmax(1) == labels).float().mean())


def test_evaluating_changes_nothing_and_is_told_per_split(make, splits):
    ours, other = make(CNN), make(CNN)
    ours.advance(0, 0.1)
    other.advance(0, 0.1)
    found = ours.evaluate()
    assert same(ours, other)
    assert found == ours.evaluate()
    net = ours.classifier.eval()
    logits = net(splits.test.images.unsqueeze(1) / 127.5 - 1)
    assert found["test_accuracy"] == pytest.approx((logits.argmax(1) == splits.test.labels).float().mean().item())
    assert found["test_loss"] == pytest.approx(cross_entropy(logits, splits.test.labels).item(), rel=1e-4)
    assert set(found) == {"train_accuracy", "train_loss", "test_accuracy", "test_loss"}


@pytest.mark.parametrize("name", optimizers)
def test_sixty_steps_teach_it_most_digits(make, name):
    rate = {"adam": 3e-3, "sgd": 0.05, "muon": 0.05}[name]
    training = make(replace(CNN, classifier="fast:width=8", optimizer=name, rate=rate, augmentation="none"))
    for step in range(60):
        training.advance(step, step / 60)
    assert training.evaluate()["train_accuracy"] > 0.8


def test_the_rate_follows_the_schedule(make):
    training = make(CNN)
    training.advance(0, 0.1)
    assert [group["lr"] for group in training.optimizer.param_groups] == [pytest.approx(0.05)] * 2


def test_dropout_in_a_classifier_is_named_by_the_step(make, monkeypatch):
    def dropping(classes: int = 10) -> nn.Module:
        return nn.Sequential(nn.Flatten(), Dropout(0.5), nn.Linear(784, classes))

    monkeypatch.setitem(classifiers._entries, "dropping", dropping)
    ours, theirs = (make(replace(CNN, classifier="dropping", rate=0.0)) for _ in range(2))
    ours.advance(0, 0.1)
    first, again = ours.advance(5, 0.1), theirs.advance(5, 0.1)
    assert torch.equal(first, again)  # whatever ran before


@pytest.mark.parametrize("field", ["optimizer", "schedule", "augmentation", "classifier"])
def test_an_unknown_name_in_a_recipe_is_refused_in_one_line(make, field):
    with pytest.raises(UnknownName, match=f"no {field} is called 'nonesuch'"):
        make(replace(CNN, **{field: "nonesuch"}))


def test_a_first_layer_that_is_measured_is_so_before_the_first_step(make, splits):
    one, two = (make(replace(CNN, classifier="whitened:width=8"), seed=seed) for seed in (0, 1))
    first, other = (training.classifier.look[0].weight for training in (one, two))
    assert torch.equal(first, other)  # a matter of the images, not of the seed
    before = first.clone()
    one.advance(0, 0.1)
    assert torch.equal(before, first)


def test_a_classifier_has_no_sample_sheet(make):
    assert make(CNN).frame() is None
