"""Names of images: datasets, and what a generator draws."""

import re
from dataclasses import replace

import pytest
import torch
from PIL import Image

from glyphspace import classify, evaluate, train
from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.data import load_dataset
from glyphspace.verbs.evaluate import own_numbers
from glyphspace.verbs.evaluate_classifier import evaluate_classifier
from glyphspace.verbs.images import data_of, load_images
from glyphspace.zoo import find_model, labeller
from latent.stamps import classifier


@pytest.fixture(scope="module")
def drawer(tmp_path_factory):
    """A run of a conditional generator that was hardly trained."""
    folder = tmp_path_factory.mktemp("drawer") / "run"
    changes = {"generator": "conditional:width=16", "discriminator": "projection:width=8", "batch_size": 16}
    return train("gan-fast", data="sklearn-digits", steps=2, changes=changes, out=folder).folder


def test_images_of_a_generator_have_a_name_and_its_own_dataset_tests_them(drawer):
    made = load_images(f"generated:{drawer},count=100,seed=3")
    assert len(made) == 100 and made.name == "sklearn-digits (generated)"
    test = load_images(f"generated:{drawer}", "test")
    assert torch.equal(test.images, load_dataset("sklearn-digits", "test").images)
    assert torch.equal(load_images(made.name, "test").images, test.images)


def test_a_dataset_is_loaded_as_ever():
    assert load_images("sklearn-digits", "test").name == "sklearn-digits/test"


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("letters-best", "--data letters=DIR, or take the published images (--data emnist-letters)"),
        ("characters-best", "--data characters=mnist+DIR/cased.toml, or take the published images"),
        ("letters-classifier", "--data letters=DIR"),
    ],
)
def test_a_model_of_images_in_a_folder_says_how_to_name_the_folder(model, told):
    for data in (None, "letters"):
        with pytest.raises(BadInput) as error:
            evaluate(model, data=data)
        assert (told in str(error.value)) == (data is None)
    with pytest.raises(BadInput, match=f"--data {model.partition('-')[0]}="):
        data_of(find_model(model))
    assert data_of(find_model(model), "letters=DIR") == "letters=DIR"


def test_of_several_joined_the_folder_that_is_missing_is_asked_for_and_what_is_advised_works(drawer, tmp_path):
    for name in "AB":
        (tmp_path / "strokes" / name).mkdir(parents=True)
        for number in range(20):
            Image.new("L", (28, 28), 10 * number).save(tmp_path / "strokes" / name / f"{number}.png")
    data = f"sklearn-digits+{tmp_path / 'strokes'}"
    run = train("cnn-fast", data=data, steps=2, out=tmp_path / "cnn", changes={"batch_size": 16})
    with pytest.raises(BadInput, match=r"that it calls strokes; .*: --data ") as error:
        evaluate(run.folder / "classifier.safetensors")
    advised = str(error.value).partition("--data ")[2]
    assert advised == "sklearn-digits+DIR"
    found = evaluate(run.folder, data=advised.replace("DIR", str(tmp_path / "strokes")))
    assert found.dataset == run.models["classifier"].dataset == "sklearn-digits+strokes"
    assert evaluate(run.folder) == found  # a run remembers where its images lie
    (tmp_path / "strokes").rename(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match="that it calls strokes"):
        evaluate(run.folder)


@pytest.mark.parametrize(
    ("name", "advised"),
    [
        ("letters+strokes", "DIR1+DIR2"),
        ("my letters", "DIR"),
        ("strokes (generated)", "strokes=DIR"),
    ],
)
def test_what_is_advised_can_be_typed(drawer, name, advised):
    with pytest.raises(BadInput, match=f"--data {re.escape(advised)}$"):
        data_of(replace(find_model(drawer), dataset=name))


def test_a_folder_that_happens_to_have_the_name_is_not_taken_for_the_data(drawer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model = replace(find_model(drawer), dataset="strokes")
    (tmp_path / "strokes" / "A").mkdir(parents=True)
    with pytest.raises(BadInput, match="--data strokes=DIR"):
        data_of(model)
    (tmp_path / "strokes" / "A" / "0.png").touch()
    assert data_of(model) == "strokes"
    elsewhere = replace(model, dataset="./no/strokes")
    assert data_of(elsewhere) == "./no/strokes"  # whoever loads it says that it is not there


def test_a_folder_of_ones_own_that_is_called_as_a_published_dataset_stays_ones_own(tmp_path, monkeypatch):
    for name in "AB":
        (tmp_path / "mnist" / name).mkdir(parents=True)
        for number in range(12):
            Image.new("L", (28, 28), 60 + number).save(tmp_path / "mnist" / name / f"{number}.png")
    run = train("cnn-fast", data=str(tmp_path / "mnist"), steps=2, out=tmp_path / "cnn", changes={"batch_size": 16})
    assert data_of(run.models["classifier"], None, run.folder) == str(tmp_path / "mnist")
    assert evaluate(run.folder).count == 4


def test_a_folder_does_not_hide_a_model_that_ships(drawer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letters" / "A").mkdir(parents=True)
    (tmp_path / "letters" / "message.safetensors").write_bytes(b"")  # as write keeps one
    assert find_model("letters").dataset == "letters"
    (tmp_path / "digits").symlink_to(drawer)
    assert find_model("digits").dataset == "sklearn-digits"


def test_images_of_a_generator_of_a_folder_are_tested_by_those_of_the_folder(tmp_path):
    with pytest.raises(BadInput, match="--data letters=DIR"):
        load_images("generated:letters-best,count=20", "test")


def test_what_a_model_was_trained_on_needs_no_telling_where_it_is_known(drawer):
    assert data_of(find_model("digits")) == "mnist"
    assert data_of(find_model(drawer)) == "sklearn-digits"


def test_a_classifier_of_generated_images_is_measured_on_real_ones(drawer, tmp_path):
    name = f"generated:{drawer},count=200"
    run = train("cnn-fast", data=name, steps=2, out=tmp_path / "cnn", changes={"batch_size": 16})
    assert run.models["classifier"].dataset == "sklearn-digits (generated)"
    found = evaluate(run.folder)
    assert (found.dataset, found.count) == ("sklearn-digits", 360)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("generated:digits,count=many", "is wrong at 'count=many'"),
        ("generated:digits,colour=1", "is wrong at 'colour=1'"),
        ("generated:digits,count=3", "3 images cannot show 10 classes"),
        ("generated:mnist-judging", "is a classifier, and a generator is needed"),
    ],
)
def test_what_cannot_be_generated_is_said(name, why):
    with pytest.raises(BadInput, match=why):
        load_images(name)


def test_an_unknown_generator_is_said():
    with pytest.raises(UnknownName, match="did you mean digits"):
        load_images("generated:digit")


def test_the_images_of_a_run_are_those_it_was_trained_on_wherever_one_is(tmp_path, monkeypatch):
    for folder, grey in (("own", 60), ("other", 200)):
        for name in "AB":
            (tmp_path / folder / "strokes" / name).mkdir(parents=True)
            for number in range(12):
                Image.new("L", (28, 28), grey + number).save(tmp_path / folder / "strokes" / name / f"{number}.png")
    data = str(tmp_path / "own" / "strokes")
    run = train("cnn-fast", data=data, steps=2, out=tmp_path / "cnn", changes={"batch_size": 16})
    monkeypatch.chdir(tmp_path / "other")
    assert data_of(run.models["classifier"], None, run.folder) == data
    assert data_of(run.models["classifier"], "strokes", run.folder) == "strokes"


def test_a_generator_of_generated_images_is_measured_and_labelled_by_those_of_the_real_ones(drawer):
    second = replace(find_model(drawer), dataset="mnist (generated)")
    assert data_of(second) == "mnist"
    assert labeller(second.dataset).dataset == "mnist"


def test_a_discriminator_is_told_its_own_classes(drawer):
    judge = replace(find_model(drawer, "discriminator"), classes=tuple("9876543210"))
    assert own_numbers(judge, tuple("0123")).tolist() == [9, 8, 7, 6]
    with pytest.raises(BadInput, match="knows no 'a'"):
        own_numbers(judge, ("0", "a"))


def test_a_classifier_of_one_class_labels_nothing():
    with pytest.raises(BadInput, match="knows one class, '3'"):
        classify(["seven.png"], model=classifier(("3",)))


def test_a_class_without_test_images_has_no_accuracy():
    test = load_dataset("sklearn-digits", "test")
    without = test.take((test.labels != 4).nonzero().flatten())
    found = evaluate_classifier(replace(find_model("mnist-classifier"), dataset="sklearn-digits"), without)
    assert found.by_class[4] is None and all(one is not None for one in found.by_class[5:])
