"""Pictures of words and numbers, by the models that ship, are read as what they say."""

from difflib import SequenceMatcher

import pytest
from PIL import Image

from glyphspace.message.read_picture import read_picture
from glyphspace.message.render import render
from glyphspace.verbs.write import write
from glyphspace.zoo import labeller


@pytest.mark.parametrize("seed", [0, 1])
def test_letters_among_numbers_are_letters_and_numbers_are_digits(seed: int) -> None:
    text = "brown dog 42 at the gate 1987\nJune 305 Happy hand"
    read = read_picture(Image.fromarray(render(write(text, seed=seed).page)), labeller("characters")).text
    same = sum(block.size for block in SequenceMatcher(None, text, read, autojunk=False).get_matching_blocks())
    assert same >= 0.9 * len(text), read
    assert [word.isdigit() for word in read.split()] == [word.isdigit() for word in text.split()]
