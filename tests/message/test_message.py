import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.message.layout import Layout
from glyphspace.message.message import Message, check_generator
from latent.stamps import conditional, generator


def test_a_message_fits_the_generator_it_was_written_with(message, stamper):
    check_generator(message, stamper)


def test_another_generator_is_refused_in_one_line_that_names_the_right_one(message):
    with pytest.raises(BadInput, match=r"written with stamper \(fingerprint [0-9a-f]{12}\), not with") as caught:
        check_generator(message, generator(contrast=0.99))
    assert "\n" not in str(caught.value)


def test_plain_latents_fit_any_unconditional_generator(stamper):
    check_generator(Message(torch.zeros(2, 12), Layout("xx")), stamper)


def test_latents_alone_fit_no_generator_that_must_be_told_classes():
    with pytest.raises(BadInput, match="it tells no classes, which this one must be told"):
        check_generator(Message(torch.zeros(2, 12), Layout("xx")), conditional())


def test_latents_and_layout_belong_together():
    with pytest.raises(BadInput, match="layout of 3 characters does not fit 2 latents"):
        Message(torch.zeros(2, 12), Layout("xx x"))


@pytest.mark.parametrize("name", ["two\nlines", "\x1b[31m", "a" * 5000])
def test_a_name_that_would_spoil_an_error_is_refused(name):
    with pytest.raises(BadInput, match="one line of at most"):
        Message(torch.zeros(1, 12), Layout("x"), model=name)
