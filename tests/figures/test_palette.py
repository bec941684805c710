import re

import pytest

from glyphspace.figures.palette import class_colours


@pytest.mark.parametrize("count", [1, 2, 10, 11, 26, 47, 62])
def test_each_class_has_a_colour_of_its_own(count: int) -> None:
    colours = class_colours(count)
    assert len(set(colours)) == count
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


def test_the_first_classes_keep_their_colours_up_to_ten() -> None:
    assert class_colours(3) == class_colours(10)[:3]


@pytest.mark.parametrize("count", [10, 47])
def test_no_colour_vanishes_on_light_or_on_dark_paper(count: int) -> None:
    for colour in class_colours(count):
        red, green, blue = bytes.fromhex(colour[1:])
        assert 60 < 0.3 * red + 0.59 * green + 0.11 * blue < 200
