from dataclasses import replace

import pytest
import torch
from torch import nn

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.latent import sampling
from glyphspace.latent.prior import normal
from glyphspace.latent.sampling import Wish, sample, search

from .stamps import classifier, conditional, generator


def test_without_conditions_samples_are_the_latents_as_they_come():
    drawn = sample(generator(), classifier(), 300, seed=1)
    assert torch.equal(drawn.latents, normal(300, 12, 1, "samples"))


def test_samples_have_the_certainty_that_was_asked_for_and_are_the_first_that_have():
    drawn = sample(generator(), classifier(), 50, seed=1, certainty=0.9)
    assert len(drawn) == 50 and drawn.certainty.min() >= 0.9
    everything = sample(generator(), classifier(), 1000, seed=1)
    assert torch.equal(drawn.latents, everything.above(0.9).latents[:50])


def test_classes_come_in_equal_numbers_and_in_the_order_they_are_named():
    drawn = sample(generator(), classifier(), 11, seed=0, certainty=0.5, classes=["7", "0", "3", "7"])
    assert drawn.labels.tolist() == [7] * 4 + [0] * 4 + [3] * 3


def test_the_same_latents_are_found_whatever_number_is_drawn_at_once(monkeypatch):
    found = sample(generator(), classifier(), 60, seed=3, certainty=0.8, classes=["1", "2", "4"])
    monkeypatch.setattr(sampling, "AT_ONCE", 70)
    again = sample(generator(), classifier(), 60, seed=3, certainty=0.8, classes=["1", "2", "4"])
    assert torch.equal(found.latents, again.latents)


def test_a_prior_is_chosen_by_name():
    drawn = sample(generator(), classifier(), 20, seed=0, prior="uniform")
    assert 0 <= drawn.latents.min() <= drawn.latents.max() < 1
    with pytest.raises(UnknownName, match="did you mean uniform"):
        sample(generator(), classifier(), 20, seed=0, prior="uniforn")


def test_wishes_are_granted_one_after_the_other():
    found = search(generator(), classifier(), [Wish((5,), 3), Wish((0, 1), 4)], 0, "any", 0.6, margin=0.3)
    assert found.labels[:3].tolist() == [5] * 3 and set(found.labels[3:].tolist()) <= {0, 1} and len(found) == 7
    assert found.margin.min() >= 0.3


def test_progress_ends_at_the_number_asked_for():
    seen = []
    sample(
        generator(),
        classifier(),
        500,
        seed=0,
        classes=["1", "2"],
        progress=lambda done, total, note="": seen.append((done, total)),
    )
    assert seen == sorted(seen) and seen[-1] == (500, 500) and len(seen) > 1


def test_a_class_that_never_comes_is_given_up_in_one_line(monkeypatch):
    monkeypatch.setattr(sampling, "PATIENCE", 1000)
    one_sided = generator()
    nn.init.constant_(one_sided.net.stamps[5], 0)
    with pytest.raises(BadInput, match=r"^only 0 of 1,\d00 samples are taken for '5' with certainty 0\.9; ask .*$"):
        sample(one_sided, classifier(), 10, seed=0, certainty=0.9, classes=["5", "6"])


def test_a_certainty_that_is_never_reached_is_given_up(monkeypatch):
    monkeypatch.setattr(sampling, "PATIENCE", 1000)
    with pytest.raises(BadInput, match="are taken for any class with certainty 1; ask for less, or use a generator"):
        sample(generator(), classifier(), 10, seed=0, certainty=1.0)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"count": 0}, "0 samples cannot be drawn"),
        ({"certainty": 1.5}, "between 0 and 1; 1.5 does not"),
        ({"certainty": float("nan")}, "between 0 and 1"),
        ({"classes": []}, "name at least one class"),
        ({"classes": ["x"]}, "no class is called 'x'"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(wrong, complaint):
    with pytest.raises(BadInput, match=complaint):
        sample(generator(), classifier(), **{"count": 5, "seed": 0, **wrong})


def test_models_in_the_wrong_place_are_refused():
    with pytest.raises(BadInput, match="this model is a classifier"):
        sample(replace(generator(), kind="classifier"), classifier(), 5, seed=0)


def test_a_conditional_generator_is_asked_for_every_class_in_equal_numbers():
    drawn = sample(conditional(wrong=4), classifier(), 24, seed=1)
    assert drawn.asked.tolist() == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3 + [of for of in range(4, 10) for _ in "xx"]
    assert drawn.labels[drawn.asked == 4].tolist() == [5, 5]  # it is taken on trust
    few = sample(conditional(), classifier(), 5, seed=1, classes=["7", "3"])
    assert few.asked.tolist() == [7, 7, 7, 3, 3]
    assert torch.equal(few.latents[3:], drawn.latents[drawn.asked == 3][:2])  # whatever else is asked for


def test_with_a_certainty_the_classifier_must_see_what_was_asked_for(monkeypatch):
    monkeypatch.setattr(sampling, "PATIENCE", 1000)
    drawn = sample(conditional(), classifier(), 30, seed=0, certainty=0.8)
    assert torch.equal(drawn.labels, drawn.asked) and drawn.certainty.min() >= 0.8
    with pytest.raises(BadInput, match=r"^only 0 of 1,\d00 samples are taken for '4' with certainty 0\.8; ask"):
        sample(conditional(wrong=4), classifier(), 10, seed=0, certainty=0.8)


def test_what_is_asked_of_a_conditional_generator_is_checked():
    for kwargs, words in (
        ({"count": 0}, "0 samples cannot be drawn"),
        ({"certainty": 1.5}, "a certainty lies between 0 and 1"),
        ({"classes": ["x"]}, "no class is called 'x'"),
        ({"classes": []}, "name at least one class"),
    ):
        with pytest.raises(BadInput, match=words):
            sample(conditional(), classifier(), **{"count": 5, "seed": 0, **kwargs})
    with pytest.raises(BadInput, match="must be told a class"):
        search(conditional(), classifier(), [Wish((1,), 2)], 0, "message", 0.0)
