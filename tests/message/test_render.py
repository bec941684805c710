import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.message.layout import Layout, layout_of, tidy
from glyphspace.message.render import INK, MARGIN, PAPER, WORD, render
from latent.stamps import stamps


def images_of(digits: str) -> torch.Tensor:
    return (stamps()[[int(digit) for digit in digits]] * 255).round().to(torch.uint8)


def dark(picture: np.ndarray) -> np.ndarray:
    return picture.mean(axis=2) < 128


def colour(name: str) -> list[int]:
    return list(bytes.fromhex(name[1:]))


def runs(line: np.ndarray) -> int:
    """How many stretches of ink there are."""
    return int((np.diff(np.concatenate([[0], line.astype(int)])) == 1).sum())


def test_a_message_is_dark_ink_on_paper_with_even_margins():
    picture = render(images_of("2026"), Layout("xxxx"), scale=4)
    assert picture.dtype == np.uint8 and picture.shape[2] == 3
    assert picture[0, 0].tolist() == colour(PAPER) and picture.reshape(-1, 3).min(axis=0).tolist() == colour(INK)
    columns = np.flatnonzero(dark(picture).any(axis=0))
    assert columns[0] == pytest.approx(MARGIN * 4, abs=1)
    assert picture.shape[1] - 1 - columns[-1] == pytest.approx(MARGIN * 4, abs=1)
    rows = np.flatnonzero(dark(picture).any(axis=1))
    assert abs(rows[0] - (picture.shape[0] - 1 - rows[-1])) <= 2 * 4


def test_all_characters_are_drawn_apart():
    picture = render(images_of("2026"), Layout("xxxx"))
    assert runs(dark(picture).any(axis=0)) == 4


def test_spaces_part_words_and_each_adds_as_much():
    widths = [render(images_of("11"), Layout("x" + " " * spaces + "x"), scale=4).shape[1] for spaces in (1, 2, 3)]
    assert widths[1] - widths[0] == widths[2] - widths[1] == WORD * 4
    assert widths[0] > render(images_of("11"), Layout("xx"), scale=4).shape[1]


def test_lines_stand_below_each_other_at_the_same_margin():
    picture = render(images_of("1111"), Layout("xx\n\nxx"), scale=4)
    rows = dark(picture).any(axis=1)
    assert runs(rows) == 2
    height = picture.shape[0] // 2
    upper, lower = (np.flatnonzero(dark(half).any(axis=0)) for half in (picture[:height], picture[height:]))
    assert upper[0] == lower[0]


def test_a_larger_scale_is_the_same_picture_larger():
    small, large = (render(images_of("2026"), Layout("xx xx"), scale=scale) for scale in (4, 8))
    assert large.shape[0] == pytest.approx(2 * small.shape[0], abs=4)
    assert large.shape[1] == pytest.approx(2 * small.shape[1], abs=8)
    assert dark(large).mean() == pytest.approx(dark(small).mean(), rel=0.05)


def test_colours_are_chosen_by_name_or_number():
    picture = render(images_of("1"), Layout("x"), ink="white", paper="#102030")
    assert picture[0, 0].tolist() == [16, 32, 48] and picture.max() == 255


def test_ink_that_sticks_out_of_its_place_is_drawn():
    image = torch.zeros(1, 28, 28, dtype=torch.uint8)
    image[0, :, 0:3] = 255
    image[0, :, 25:28] = 255
    assert runs(dark(render(image, Layout("x"))).any(axis=0)) == 2


@settings(max_examples=40)
@given(st.text("x \n", max_size=40).map(tidy).filter(str.strip), st.integers(1, 12), st.integers(1, 3))
def test_any_layout_of_any_glyphs_is_drawn(text, width, scale):
    layout = layout_of(text).wrapped(width)
    glyphs = torch.randint(0, 256, (len(layout), 28, 28), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)
    glyphs[::3] = 0
    picture = render(glyphs, layout, scale)
    assert picture.shape[0] >= 28 * scale * len(layout.lines) and picture.shape[1] > MARGIN * scale


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"layout": Layout("xxx")}, "layout of 3 characters cannot be drawn with 2 images"),
        ({"scale": 0}, "1 to 64 times their size, not 0"),
        ({"scale": 65}, "1 to 64 times"),
        ({"ink": "inkish"}, "name a colour, or write it as #rrggbb"),
        ({"layout": Layout("x" + "\n" * 4000 + "x"), "scale": 8}, "would have .* pixels; wrap the text"),
        ({"layout": Layout("x" + " " * 4000 + "x"), "scale": 16}, "would have .* pixels; wrap the text"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(wrong, complaint):
    with pytest.raises(BadInput, match=complaint) as caught:
        render(**{"images": images_of("12"), "layout": Layout("xx"), **wrong})
    assert "\n" not in str(caught.value)


def test_more_ink_than_fits_a_picture_is_refused_before_it_is_drawn():
    many = torch.zeros(5000, 28, 28, dtype=torch.uint8)
    with pytest.raises(BadInput, match="draw it smaller"):
        render(many, Layout("x" * 5000), scale=64)
