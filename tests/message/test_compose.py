from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.latent import sampling
from glyphspace.latent.labelled import label
from glyphspace.latent.prior import normal
from glyphspace.latent.sampling import sample
from glyphspace.message.compose import compose, most_typical, repertoire, surest
from glyphspace.message.fingerprint import fingerprint
from glyphspace.message.keep import load_message, save_message
from glyphspace.message.read import read
from latent.stamps import classifier, generator

digits = st.text("0123456789 \n", min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=15)
@given(text=digits, seed=st.integers(0, 9))
def test_what_is_composed_kept_and_loaded_reads_as_it_was_written(text, seed, stamper, reader, tmp_path_factory):
    path = tmp_path_factory.mktemp("message") / "message.safetensors"
    save_message(path, compose(text, stamper, reader, seed))
    reading = read(load_message(path), stamper, reader)
    lines = [line.rstrip() for line in text.split("\n")]
    assert reading.text == "\n".join(lines).strip("\n")
    assert reading.certainties.min() >= 0.8 - 0.01


def test_each_character_reads_as_intended_alone_as_well(message, stamper, reader):
    alone = [label(stamper, reader, one).labels.item() for one in message.latents.split(1)]
    assert "".join(map(str, alone)) == "20261179"


def test_repeated_characters_are_different_drawings(stamper, reader):
    message = compose("1111111111 1111111111", stamper, reader, seed=0)
    assert len(message.latents.unique(dim=0)) == 20


def test_text_seed_and_models_decide_the_latents(message, stamper, reader):
    again = compose("2026 117\n9", generator(), classifier(), seed=0, model="stamper")
    assert torch.equal(again.latents, message.latents)
    assert not torch.equal(compose("2026 117\n9", stamper, reader, seed=1).latents, message.latents)


def test_white_space_is_kept_and_tidied(stamper, reader):
    assert compose("\n20\t26 \r\n\n 17\n", stamper, reader, seed=0).layout.pattern == "xx xx\n\n xx"


def test_a_message_says_what_it_was_written_with(message, stamper, reader):
    assert message.fingerprint == fingerprint(stamper)
    assert message.model == "stamper" and message.classes == stamper.classes
    assert compose("1", stamper, reader, seed=0).model == "stamper on stamps"


def test_characters_have_the_certainty_that_was_asked_for(stamper, reader):
    message = compose("0123456789", stamper, reader, seed=0, certainty=0.95)
    assert label(stamper, reader, message.latents).certainty.min() >= 0.95 - 0.01


def test_even_without_certainty_no_label_is_a_toss_up(stamper, reader):
    message = compose("01234567899999", stamper, reader, seed=3, certainty=0.0)
    assert label(stamper, reader, message.latents).margin.min() >= 0.1 - 0.01


def test_characters_are_surer_and_more_typical_than_samples_are(stamper, reader):
    fives = sample(stamper, reader, 200, seed=0, certainty=0.6, classes=["5"])
    sure = surest(fives)
    assert len(sure) == 100 and sure.certainty.min() >= fives.certainty.median()
    typical = most_typical(sure, reader)
    assert len(typical) == 50
    middle = sure.images.float().mean(dim=0)
    far, near = ((some.images - middle).flatten(1).norm(dim=1).max() for some in (sure, typical))
    assert near < far


def test_what_cannot_be_written_is_named_in_one_line_with_what_can(stamper, reader):
    with pytest.raises(BadInput) as caught:
        compose("x2y\n0x", stamper, reader, seed=0)
    assert str(caught.value) == "'x', 'y' cannot be written with this generator; it can write 0-9 and spaces"
    with pytest.raises(BadInput, match=r"^'\\x00', '\\x1b' cannot be written") as caught:
        compose("\x00\x1b", stamper, reader, seed=0)
    with pytest.raises(BadInput, match="and others cannot be written") as caught:
        compose("the quick brown fox", stamper, reader, seed=0)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_a_text_of_nothing_is_refused(text, stamper, reader):
    with pytest.raises(BadInput, match="the text is empty"):
        compose(text, stamper, reader, seed=0)


def test_a_character_that_is_hardly_ever_drawn_is_refused(monkeypatch, reader):
    monkeypatch.setattr(sampling, "PATIENCE", 1000)
    one_sided = generator()
    one_sided.net.stamps[7] = 0
    with pytest.raises(BadInput, match=r"samples are taken for '7' with certainty 0\.8; ask for less"):
        compose("70", one_sided, reader, seed=0)


def test_models_that_do_not_fit_are_refused(stamper, reader):
    with pytest.raises(BadInput, match="does not know the generator's class"):
        compose("1", stamper, classifier(tuple("ABCDEFGHIJ")), seed=0)
    clothes = replace(stamper, classes=("shirt", "bag"))
    with pytest.raises(BadInput, match="it can write no characters at all"):
        compose("1", clothes, replace(reader, classes=("shirt", "bag", *"01234567")), seed=0)


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        (tuple("0123456789"), "0-9 and spaces"),
        (tuple("ABCDEabdhn01"), "0, 1, A-E, a, b, d, h, n and spaces"),
        (("bag",), "no characters at all"),
    ],
)
def test_a_repertoire_is_told_in_ranges(classes, words):
    assert repertoire(classes) == words


def test_message_latents_are_no_samples_of_the_same_seed(message):
    drawn = normal(2000, 12, 0, "samples")
    assert torch.cdist(message.latents, drawn).min() > 0.1
