import pytest
import torch
from scipy import stats

from glyphspace.core.errors import BadInput
from glyphspace.latent.labelled import label
from glyphspace.latent.prior import normal
from glyphspace.message import hidden
from glyphspace.message.hidden import hide
from glyphspace.message.read import read
from latent.stamps import conditional, generator


def test_who_has_the_generator_reads_the_order_of_classes_and_nothing_else(stamper, reader):
    message = hide("20 26\n117", stamper, reader, seed=5)
    assert read(message, stamper, reader).text == "2026117"
    assert message.model == "" and message.fingerprint is None and message.classes == ()


def test_each_latent_is_the_first_of_the_prior_that_shows_its_class(stamper, reader):
    drawn = normal(400, 12, 5, "hidden")
    shown = label(stamper, reader, drawn).labels.tolist()
    message = hide("3373", stamper, reader, seed=5)
    threes = [place for place, digit in enumerate(shown) if digit == 3]
    first = [threes[0], threes[1], shown.index(7), threes[2]]
    assert torch.equal(message.latents, drawn[first])


def test_latents_of_a_text_in_the_generators_own_frequencies_are_normal(stamper, reader):
    seen = label(stamper, reader, normal(1500, 12, 0, "text")).labels.tolist()
    latents = hide("".join(map(str, seen)), stamper, reader, seed=1).latents
    assert stats.kstest(latents.flatten().double().numpy(), "norm").pvalue > 1e-3
    squares = latents.double().square().sum(dim=1).numpy()
    assert stats.kstest(squares, stats.chi2(12).cdf).pvalue > 1e-3


def test_another_seed_is_other_latents(stamper, reader):
    one, two = (hide("12", stamper, reader, seed=seed).latents for seed in (1, 2))
    assert torch.cdist(one, two).min() > 0.1


def test_conditional_generators_hide_nothing(reader):
    with pytest.raises(BadInput, match="this generator is told the class beside them"):
        hide("1", conditional(), reader, seed=0)


def test_what_cannot_be_written_or_hardly_ever_is_refused(monkeypatch, stamper, reader):
    with pytest.raises(BadInput, match="'x' cannot be written"):
        hide("1x", stamper, reader, seed=0)
    monkeypatch.setattr(hidden, "PATIENCE", 500)
    one_sided = generator()
    one_sided.net.stamps[7] = 0
    with pytest.raises(BadInput, match="draws '7' too rarely: 800 latents were not enough"):
        hide("7", one_sided, reader, seed=0)


def test_latents_that_nobody_draws_again_are_of_the_prior_too(stamper, reader):
    latents = hidden.unguessable(2_000, 12)
    assert stats.kstest(latents.flatten().double().numpy(), "norm").pvalue > 1e-4
    assert latents.isfinite().all() and latents.unique().numel() > 0.99 * latents.numel()
    one, two = (hide("12", stamper, reader).latents for _ in range(2))
    assert torch.cdist(one, two).min() > 0.1
