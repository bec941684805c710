import pytest
import torch

from glyphspace.core.errors import BadInput
from glyphspace.latent.labelled import label
from glyphspace.message.layout import Layout
from glyphspace.message.message import Message
from glyphspace.message.read import read
from latent.stamps import generator


def test_a_message_reads_with_its_spaces_and_line_breaks(message, stamper, reader):
    reading = read(message, stamper, reader)
    assert reading.text == "2026 117\n9"
    torch.testing.assert_close(reading.certainties, label(stamper, reader, message.latents).certainty)


def test_plain_latents_read_as_one_line(stamper, reader):
    latents = torch.eye(10, 12) * 3
    assert read(Message(latents, Layout("x" * 10)), stamper, reader).text == "0123456789"


def test_the_wrong_generator_is_refused(message, reader):
    with pytest.raises(BadInput, match="was written with stamper"):
        read(message, generator(contrast=0.9), reader)


def test_latents_of_another_width_are_refused(stamper, reader):
    with pytest.raises(BadInput, match="9 numbers each; the generator takes 12"):
        read(Message(torch.zeros(2, 9), Layout("xx")), stamper, reader)
