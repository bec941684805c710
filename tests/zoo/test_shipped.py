from importlib import import_module

import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.data import load_dataset
from glyphspace.data.catalogue import catalogue
from glyphspace.data.stacked import stack, stacked_classes
from glyphspace.metrics.features import probabilities
from glyphspace.training.recipes import GanRecipe, recipes
from glyphspace.zoo import feature_network, labeller


def test_labeller_of_stacked_digits_reads_each_of_them():
    model, grey = labeller("stacked-mnist"), labeller("mnist")
    assert (model.dataset, model.classes) == ("stacked-mnist", stacked_classes(tuple("0123456789")))
    images = stack(load_dataset("sklearn-digits", "test")).images
    first, second, third = (probabilities(grey.net, images[:, channel]).argmax(1) for channel in range(3))
    assert torch.equal(probabilities(model.net, images).argmax(1), 100 * first + 10 * second + third)


@pytest.mark.parametrize("find", [labeller, lambda name: feature_network(name, "judging")])
def test_what_does_not_ship_is_said_of_what_is_stacked(find):
    with pytest.raises(BadInput, match=r"of sklearn-digits images ships; train one"):
        find("stacked-sklearn-digits")


@pytest.mark.parametrize(("dataset", "ours"), [("emnist-letters", "letters"), ("emnist-balanced", "characters")])
def test_published_letters_have_a_labeller_and_no_judge_that_may_have_seen_the_test_images(dataset, ours):
    found = labeller(dataset)
    assert (found.dataset, found.classes) == (ours, catalogue[dataset].classes)
    for role in ("choosing", "judging"):
        with pytest.raises(BadInput, match=f"of {ours} may have learned from test images of {dataset}; train one"):
            feature_network(dataset, role)


@pytest.mark.parametrize(
    "recipe",
    [one for one in recipes.values() if isinstance(one, GanRecipe) and one.reward != "none"],
    ids=lambda r: r.name,
)
def test_a_recipe_with_a_reward_finds_who_gives_it(recipe):
    assert labeller(recipe.data).classes == catalogue[recipe.data].classes


def test_models_of_a_dataset_may_have_a_shorter_name_and_a_path_means_nothing(monkeypatch):
    asked, any_model = [], labeller("mnist")
    home = import_module("glyphspace.zoo.shipped")  # as an attribute it is the function of that name
    monkeypatch.setattr(home, "shipped", lambda: ["fashion-judging", "letters-judging"])
    monkeypatch.setattr(home, "load_shipped", lambda name: asked.append(name) or any_model)
    for dataset in ("fashion-mnist", "letters=/some/path"):
        feature_network(dataset, "judging")
    assert asked == ["fashion-judging", "letters-judging"]
