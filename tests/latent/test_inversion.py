"""Inversion of what a generator drew itself, whose latents are known to exist."""

import pytest
import torch

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.data.images import LabelledImages
from glyphspace.data.stacked import stack
from glyphspace.latent.decode import conditions, decode
from glyphspace.latent.encoding import Lesson, fit_encoder
from glyphspace.latent.inversion import Search, Task, errors, invert, methods
from glyphspace.latent.labelled import label
from glyphspace.latent.prior import normal
from glyphspace.latent.shell import shell
from glyphspace.nets.model import Model
from glyphspace.nets.registries import build
from glyphspace.zoo import load_shipped

from .untrained import untrained

DIGITS = load_shipped("digits")
IMAGES = decode(DIGITS, normal(6, 64, 7))
QUICK = Search(steps=12, samples=200, starts=2)


def encoder_images() -> LabelledImages:
    labelled = label(DIGITS, load_shipped("mnist-classifier"), normal(200, 64, 3))
    return LabelledImages(labelled.images, labelled.labels, labelled.classes, "drawn")


@pytest.fixture(scope="module")
def encoder():
    return fit_encoder(DIGITS, encoder_images(), Lesson(steps=12, width=4))


@pytest.mark.parametrize("method", list(methods))
def test_every_method_finds_latents_in_the_shell(method, encoder):
    guess = invert(Task(DIGITS, IMAGES, encoder=encoder, search=QUICK), method)
    low, high = shell(64)
    assert guess.latents.shape == (6, 64)
    assert low <= guess.latents.norm(dim=1).min() <= guess.latents.norm(dim=1).max() <= high
    assert not guess.latents.requires_grad


def test_descending_betters_the_nearest_sample_and_more_steps_better_it_more(encoder):
    def error(method, search):
        return float(errors(DIGITS, IMAGES, invert(Task(DIGITS, IMAGES, search=search), method)).mean())

    nearest, few, more = error("nearest", QUICK), error("optimise", QUICK), error("optimise", Search(60, samples=200))
    assert more < few < nearest
    assert more < 0.01


def test_the_generator_is_left_as_it_was_and_a_seed_means_one_answer():
    before = [parameter.requires_grad for parameter in DIGITS.net.parameters()]
    once, again = (invert(Task(DIGITS, IMAGES, search=QUICK), "optimise").latents for _ in range(2))
    assert torch.equal(once, again)
    assert [parameter.requires_grad for parameter in DIGITS.net.parameters()] == before


def test_an_image_that_was_a_sample_is_found_exactly():
    latents = invert(Task(DIGITS, IMAGES, search=QUICK), "nearest").latents
    found = invert(Task(DIGITS, decode(DIGITS, latents), search=QUICK), "nearest").latents
    assert torch.equal(found, latents)


def test_an_encoder_is_the_same_from_the_same_seed(encoder):
    again = fit_encoder(DIGITS, encoder_images(), Lesson(steps=12, width=4))
    for one, other in zip(encoder.net.state_dict().values(), again.net.state_dict().values(), strict=True):
        assert torch.equal(one, other)


def test_a_generator_is_left_as_it_was_where_its_encoder_is_given_up():
    model = Model(build("generator", "fast", {}), "generator", "fast", {}, "stamps", DIGITS.classes)

    def give_up(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit_encoder(model, encoder_images(), Lesson(steps=3, width=2), give_up)
    assert all(parameter.requires_grad for parameter in model.net.parameters())


def test_what_cannot_be_inverted_is_refused(encoder):
    with pytest.raises(BadInput, match="no images"):
        invert(Task(DIGITS, IMAGES[:0]), "nearest")
    with pytest.raises(BadInput, match="no encoder; train one"):
        invert(Task(DIGITS, IMAGES), "both")
    with pytest.raises(UnknownName, match="did you mean optimise"):
        invert(Task(DIGITS, IMAGES), "optimize")
    with pytest.raises(BadInput, match="above 0"):
        Search(rate=0.0)
    with pytest.raises(BadInput, match="'class' or 'free'"):
        Search(embedding="fixed")
    with pytest.raises(BadInput, match="in 0 steps"):
        fit_encoder(DIGITS, encoder_images(), Lesson(steps=0))


@pytest.fixture(scope="module")
def conditional() -> Model:
    return untrained("cgan-reference", z_dim=6)


@pytest.mark.parametrize("embedding", ["class", "free"])
def test_conditions_are_kept_or_searched_with_the_latents(conditional, embedding):
    told = conditions(conditional, torch.tensor([3, 1, 3]))
    images = decode(conditional, normal(3, 6, 0), told)
    search = Search(steps=10, samples=50, starts=2, embedding=embedding)
    found = invert(Task(conditional, images, told, search=search), "optimise")
    assert torch.equal(found.conditions, told) == (embedding == "class")
    nearest = invert(Task(conditional, images, told, search=search), "nearest")
    assert errors(conditional, images, found).mean() < errors(conditional, images, nearest).mean()


def test_an_encoder_is_told_the_class_too(conditional):
    real = LabelledImages(IMAGES, torch.arange(6), tuple("0123456789"), "drawn")
    encoder = fit_encoder(conditional, real, Lesson(steps=2, width=2))
    told = conditions(conditional, torch.arange(6))
    assert invert(Task(conditional, IMAGES, told, encoder), "encode").latents.shape == (6, 6)


def test_an_encoder_learns_from_single_characters_that_its_generator_draws(conditional):
    real = LabelledImages(IMAGES, torch.arange(6), tuple("012345"), "drawn")
    with pytest.raises(BadInput, match=r"those of stacked-drawn are stacked of 3 each"):
        fit_encoder(DIGITS, stack(real), Lesson(steps=1, width=2))
    many = LabelledImages(IMAGES[:1].repeat(1000, 1, 1), torch.zeros(1000).long(), ("0", "A"), "drawn")
    many.labels[500] = 1  # seldom, so that no batch need show it
    with pytest.raises(BadInput, match="does not draw 'A'"):
        fit_encoder(conditional, many, Lesson(steps=1, width=2))
