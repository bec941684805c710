from dataclasses import replace

import pytest

import glyphspace
from glyphspace.core.errors import BadInput
from glyphspace.message.keep import load_message, save_message
from glyphspace.verbs.pens import PLAIN, generator_for


@pytest.mark.parametrize(
    ("text", "open_", "hidden"),
    [
        ("20 26", "digits-best", "digits"),
        ("Meet me", "characters-legible", "letters"),
        ("Meet me at 9", "characters-legible", "characters"),
        ("é", "characters-legible", "characters"),
    ],
)
def test_a_text_is_drawn_by_the_first_generator_that_can_write_all_of_it(text, open_, hidden):
    assert generator_for(text, None)[1] == open_
    assert generator_for(text, None, PLAIN)[1] == hidden


@pytest.mark.parametrize("called", ["characters-best", "a name of before", ""])
def test_a_message_is_read_by_the_generator_that_wrote_it_whatever_that_is_called_now(called, tmp_path):
    file = tmp_path / "message.safetensors"
    glyphspace.write("Meet 9", out=file)
    message = load_message(file)
    assert message.model == "characters-legible"
    save_message(file, replace(message, model=called))
    assert glyphspace.read(file).text == "Meet 9"


def test_a_message_of_a_generator_that_does_not_ship_asks_for_it(tmp_path):
    file = tmp_path / "message.safetensors"
    glyphspace.write("20", out=file)
    save_message(file, replace(load_message(file), model="mine", fingerprint="0" * 64))
    with pytest.raises(BadInput, match=r"mine \(fingerprint 0{12}\), which does not ship; give it as --model"):
        glyphspace.read(file)
    with pytest.raises(BadInput, match="not with this generator"):
        glyphspace.read(file, model="digits")
