import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.data import load_dataset
from glyphspace.data.stacked import stack
from glyphspace.nets import load_model, save_model
from glyphspace.training.state import Splits, fresh, restore, state

from .conftest import CNN, GAN


def test_a_fresh_net_is_a_function_of_its_seed_and_leaves_the_global_generator_alone():
    before = torch.random.get_rng_state()
    first, again, other = (fresh("classifier", "fast:width=4", seed).decide.weight for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(before, torch.random.get_rng_state())


def test_a_net_whose_numbers_contradict_the_data_is_refused():
    assert fresh("classifier", "fast:classes=7", 0, classes=7).decide.out_features == 7
    with pytest.raises(BadInput, match=r"'fast:classes=5' cannot be trained on data with classes = 7; leave"):
        fresh("classifier", "fast:classes=5", 0, classes=7)


def test_samples_are_always_the_same_and_as_many_as_there_are(splits):
    for (name, images), (again, same) in zip(splits.samples(50, 3), splits.samples(50, 3), strict=True):
        assert name == again
        assert len(images) == 50
        assert torch.equal(images.images, same.images)
    assert [(name, len(images)) for name, images in splits.samples(10_000, 0)] == [("train", 160), ("test", 100)]
    first, second = (next(splits.samples(50, seed))[1].images for seed in (0, 1))
    assert not torch.equal(first, second)


@pytest.mark.parametrize("recipe", [GAN, CNN], ids=lambda recipe: recipe.name)
def test_what_is_taken_is_put_back_to_the_bit(make, recipe):
    ours, theirs = make(recipe), make(recipe, seed=1)
    for step in range(3):
        ours.advance(step, step / 9)
    taken = {name: tensor.clone() for name, tensor in state(ours.parts).items()}
    restore(theirs.parts, taken)
    again = state(theirs.parts)
    assert again.keys() == taken.keys()
    assert all(torch.equal(again[name], taken[name]) for name in taken)
    assert {name.partition("/")[0] for name in taken} == set(ours.parts)


def test_a_checkpoint_of_other_nets_is_refused_in_one_line(make):
    taken = state(make(CNN).parts)
    taken["classifier/decide.bias"] = torch.zeros(3)
    with pytest.raises(BadInput, match="the checkpoint does not fit the classifier of this recipe"):
        restore(make(CNN).parts, taken)
    with pytest.raises(BadInput, match="the checkpoint does not fit the generator of this recipe"):
        restore(make(GAN).parts, taken)


@pytest.mark.parametrize("recipe", [GAN, CNN], ids=lambda recipe: recipe.name)
def test_the_models_that_are_left_can_be_saved_and_loaded(make, recipe, splits, tmp_path):
    for model in make(recipe).models():
        save_model(tmp_path / model.kind, model)
        loaded = load_model(tmp_path / model.kind)
        assert (loaded.kind, loaded.dataset, loaded.classes) == (model.kind, "sklearn-digits", splits.train.classes)


def test_a_classifier_is_made_for_the_classes_of_the_data(splits):
    two = splits.train.labels < 2
    few = splits.train.take(two.nonzero().flatten())
    model = Splits(few, few, "x").model(fresh("classifier", "fast", 0, classes=10), "classifier", "fast:width=16")
    assert model.numbers == {"classes": 10, "width": 16}


def test_stacked_images_decide_the_channels_and_refuse_nets_that_see_only_grey():
    stacked = stack(load_dataset("sklearn-digits", "test"))
    numbers = Splits(stacked, stacked, "x").numbers
    assert numbers == {"classes": 1000, "channels": 3}
    assert fresh("generator", "fast:width=8", 0, **numbers).channels == 3
    with pytest.raises(BadInput, match="'reference' is for grey images"):
        fresh("generator", "reference", 0, **numbers)
    with pytest.raises(BadInput, match="cannot be trained on data with channels = 1"):
        fresh("generator", "fast:channels=3", 0, classes=10, channels=1)
