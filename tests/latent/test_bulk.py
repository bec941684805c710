import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.latent import bulk
from glyphspace.latent.bulk import Draw, chunks
from glyphspace.latent.labelled import join, label
from glyphspace.latent.prior import normal

from .stamps import CLASSES, classifier, conditional, generator


def test_chunks_are_the_labelled_latents_in_order(monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 70)
    found = join(list(chunks(generator(), classifier(), Draw(200, seed=3), precision="float32")))
    known = label(generator(), classifier(), normal(200, 12, 3, "explore"))
    assert torch.equal(found.latents, known.latents) and torch.equal(found.images, known.images)
    torch.testing.assert_close(found.probabilities, known.probabilities)


def test_a_draw_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 70)
    whole = join(list(chunks(generator(), classifier(), Draw(200))))
    rest = join(list(chunks(generator(), classifier(), Draw(200), start=90)))
    assert torch.equal(rest.latents, whole.latents[90:]) and torch.equal(rest.labels, whole.labels[90:])


def test_a_conditional_generator_is_asked_for_each_class_in_turn(monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 7)
    (*parts,) = chunks(conditional(), classifier(tuple(reversed(CLASSES))), Draw(40))
    found = join(parts)
    assert found.asked is not None
    assert found.asked.bincount(minlength=10).tolist() == [4] * 10
    assert found.asked[:3].tolist() == [9, 8, 7]  # the generator's 0, 1, 2 in the classifier's order
    assert (found.labels == 9 - found.asked).float().mean() > 0.9


def test_progress_counts_the_latents():
    told: list[tuple[int, int | None]] = []
    list(chunks(generator(), classifier(), Draw(5), progress=lambda done, total, note="": told.append((done, total))))
    assert told == [(0, 5), (5, 5)]


def test_nothing_is_refused():
    with pytest.raises(BadInput, match="ask for 1 or more"):
        Draw(0)
