from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.latent.labelled import label
from glyphspace.latent.prior import normal
from glyphspace.message import search as searching
from glyphspace.message.compose import compose
from glyphspace.message.hand import anew, same
from glyphspace.message.keep import load_message, save_message
from glyphspace.message.read import read
from glyphspace.nets.fingerprint import fingerprint
from latent.stamps import conditional, generator
from latent.stamps import sharp as classifier

digits = st.text("0123456789 \n", min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=15)
@given(text=digits, seed=st.integers(0, 9), conditioned=st.booleans())
def test_what_is_composed_kept_and_loaded_reads_as_it_was_written(text, seed, conditioned, reader, tmp_path_factory):
    writer = conditional() if conditioned else generator()
    path = tmp_path_factory.mktemp("message") / "message.safetensors"
    save_message(path, compose(text, writer, reader, seed, hand=anew(0.3)).message)
    reading = read(load_message(path), writer, reader)
    lines = [line.rstrip() for line in text.split("\n")]
    assert reading.text == "\n".join(lines).strip("\n")
    assert reading.certainties.min() >= anew(0.3).certainty - 0.01


def test_each_character_reads_as_intended_alone_as_well(message, stamper, reader):
    alone = [label(stamper, reader, one).labels.item() for one in message.latents.split(1)]
    assert "".join(map(str, alone)) == "20261179"


def test_the_images_are_what_is_drawn_at_the_latents(stamper, reader):
    composed = compose("2026 117", stamper, reader, seed=0)
    again = label(stamper, reader, composed.message.latents).images
    assert (composed.images.int() - again.int()).abs().max() <= 1


def test_repeated_characters_are_different_drawings(stamper, reader):
    message = compose("1111111111 1111111111", stamper, reader, seed=0).message
    assert len(message.latents.unique(dim=0)) == 20


def test_text_seed_and_models_decide_the_latents(message, stamper, reader):
    again = compose("2026 117\n9", generator(), classifier(), seed=0, model="stamper").message
    assert torch.equal(again.latents, message.latents)
    assert not torch.equal(compose("2026 117\n9", stamper, reader, seed=1).message.latents, message.latents)


def test_white_space_is_kept_and_tidied(stamper, reader):
    assert compose("\n20\t26 \r\n\n 17\n", stamper, reader, seed=0).message.layout.pattern == "xx xx\n\n xx"


def test_a_message_says_what_it_was_written_with(message, stamper, reader):
    assert message.fingerprint == fingerprint(stamper)
    assert message.model == "stamper" and message.classes == stamper.classes
    assert compose("1", stamper, reader, seed=0).message.model == "stamper on stamps"


@pytest.mark.parametrize("neatness", [0.0, 0.2, 0.4])
def test_neatness_is_certainty(neatness, stamper, reader):
    message = compose("0123456789", stamper, reader, seed=0, hand=anew(neatness)).message
    assert label(stamper, reader, message.latents).certainty.min() >= anew(neatness).certainty - 0.01


def test_even_without_neatness_no_label_is_a_toss_up(stamper, reader):
    message = compose("01234567899999", stamper, reader, seed=3, hand=anew(0.0)).message
    first, second = label(stamper, reader, message.latents).probabilities.log().topk(2).values.unbind(dim=1)
    assert (first - second).min() >= anew(0.0).margin - 0.1


def test_of_several_good_drawings_the_most_typical_is_taken(stamper, reader):
    one, best = (
        compose("0123456789", stamper, reader, 0, hand=replace(anew(0.3), choices=count)).images for count in (1, 8)
    )
    logits = [reader.net(images.unsqueeze(1) / 127.5 - 1).amax(dim=1) for images in (one, best)]
    assert (logits[1] >= logits[0] - 1e-4).all() and logits[1].mean() > logits[0].mean()


def test_what_the_second_classifier_reads_otherwise_is_not_taken(monkeypatch, stamper, reader):
    monkeypatch.setattr(searching, "PATIENCE", 1000)
    odd = classifier()
    odd.net.stamps[[1, 7]] = odd.net.stamps[[7, 1]]  # it takes a 1 for a 7
    with pytest.raises(BadInput, match="are taken for '1'"):
        compose("1", stamper, reader, 0, second=odd)
    assert compose("2", stamper, reader, 0, second=odd).text == "2"


def test_the_second_classifier_may_order_its_classes_otherwise(stamper, reader):
    turned = classifier(tuple("9876543210"))
    turned.net.stamps.copy_(turned.net.stamps.flip(0).clone())
    composed = compose("2026", stamper, reader, 0, second=turned)
    assert torch.equal(composed.message.latents, compose("2026", stamper, reader, 0).message.latents)


def test_one_hand_is_one_latent_and_later_ones_stray_a_little(reader):
    writer = conditional()
    latents = compose("0123 0", writer, reader, seed=0, hand=same(writer, 0)).message.latents
    assert len(latents[:4].unique(dim=0)) == 1
    assert 0 < (latents[4] - latents[0]).norm() < 2


def test_a_seed_is_a_hand_whatever_the_text(reader):
    writer = conditional()
    one, two = (compose(text, writer, reader, 7, hand=same(writer, 7)).message for text in ("12", "345"))
    assert torch.equal(one.latents[0], two.latents[0])


def test_a_character_that_is_hardly_ever_drawn_is_refused(monkeypatch, reader):
    monkeypatch.setattr(searching, "PATIENCE", 1000)
    one_sided = generator()
    one_sided.net.stamps[7] = 0
    with pytest.raises(BadInput, match=r"samples are taken for '7' with certainty 0\.84; ask for less"):
        compose("70", one_sided, reader, seed=0)
    with pytest.raises(BadInput, match=r"samples are taken for '7'"):
        compose("70", conditional(wrong=7), reader, seed=0)


def test_models_that_do_not_fit_are_refused(stamper, reader):
    with pytest.raises(BadInput, match="does not know the generator's class"):
        compose("1", stamper, classifier(tuple("ABCDEFGHIJ")), seed=0)
    with pytest.raises(BadInput, match="does not know the generator's class"):
        compose("1", stamper, reader, seed=0, second=classifier(tuple("ABCDEFGHIJ")))
    clothes = replace(stamper, classes=("shirt", "bag"))
    with pytest.raises(BadInput, match="it can write no characters at all"):
        compose("1", clothes, replace(reader, classes=("shirt", "bag", *"01234567")), seed=0)


def test_message_latents_are_no_samples_of_the_same_seed(message):
    drawn = normal(2000, 12, 0, "samples")
    assert torch.cdist(message.latents, drawn).min() > 0.1
