import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.message.layout import layout_of, tidy
from glyphspace.message.render import INK, PAPER, check_colour, coverage, render
from glyphspace.message.svg import svg
from glyphspace.message.typeset import MARGIN, Page, typeset
from latent.stamps import stamps


def images_of(digits: str) -> torch.Tensor:
    return (stamps()[[int(digit) for digit in digits]] * 255).round().to(torch.uint8)


def page_of(text: str) -> Page:
    return typeset(images_of("".join(text.split())), text)


def dark(picture: np.ndarray) -> np.ndarray:
    return picture.mean(axis=2) < 128


def colour(name: str) -> list[int]:
    return list(bytes.fromhex(name[1:]))


def runs(line: np.ndarray) -> int:
    """How many stretches of ink there are."""
    return int((np.diff(np.concatenate([[0], line.astype(int)])) == 1).sum())


def test_a_message_is_dark_ink_on_paper_with_even_margins():
    picture = render(page_of("2026"), height=80)
    assert picture.dtype == np.uint8 and picture.shape[2] == 3
    assert picture[0, 0].tolist() == colour(PAPER) and picture.reshape(-1, 3).min(axis=0).tolist() == colour(INK)
    for axis in (0, 1):
        place = np.flatnonzero(dark(picture).any(axis=axis))
        assert place[0] == pytest.approx(MARGIN * 4, abs=3)
        assert picture.shape[1 - axis] - 1 - place[-1] == pytest.approx(MARGIN * 4, abs=3)


def test_capitals_are_as_high_as_was_asked():
    for height in (20, 80, 200):
        rows = np.flatnonzero(dark(render(page_of("8888"), height)).any(axis=1))
        assert rows[-1] - rows[0] + 1 == pytest.approx(height, rel=0.06, abs=2)


def test_a_larger_picture_is_the_same_picture_larger():
    small, large = (render(page_of("20 26"), height) for height in (80, 160))
    assert large.shape[0] == pytest.approx(2 * small.shape[0], abs=2)
    assert large.shape[1] == pytest.approx(2 * small.shape[1], abs=2)
    assert dark(large).mean() == pytest.approx(dark(small).mean(), rel=0.03)


@pytest.mark.parametrize("height", [40, 400])
def test_edges_are_neither_blurred_nor_stairs_at_any_size(height):
    covered = coverage(page_of("0"), height).astype(float) / 255
    down, across = np.gradient(covered)
    edge = np.hypot(down, across).sum()  # the length of the outlines
    soft = ((covered > 0.02) & (covered < 0.98)).sum()
    assert 0.5 * edge < soft < 2.5 * edge


def test_colours_are_chosen_by_name_or_number():
    picture = render(page_of("1"), ink="white", paper="#102030")
    assert picture[0, 0].tolist() == [16, 32, 48] and picture.max() == 255


def test_transparent_paper_lets_through_what_has_no_ink():
    page = page_of("12")
    picture = render(page, ink="#ff0000", paper="transparent")
    assert (picture[:, :, :3] == [255, 0, 0]).all()
    assert (picture[:, :, 3] == coverage(page)).all() and picture[0, 0, 3] == 0


@settings(max_examples=30)
@given(st.text("x \n", max_size=40).map(tidy).filter(str.strip), st.integers(1, 12), st.integers(5, 50))
def test_any_layout_of_any_glyphs_is_drawn(text, width, height):
    count = len(layout_of(text))
    glyphs = torch.randint(0, 256, (count, 28, 28), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)
    glyphs[::3] = 0
    page = typeset(glyphs, text, width)
    picture = render(page, height)
    assert picture.shape[:2] == (round(page.height * height / 20), round(page.width * height / 20))


@pytest.mark.parametrize(
    ("text", "wrong", "complaint"),
    [
        ("1", {"height": 4}, "capitals can be 5 to 2,000 pixels high, not 4"),
        ("1", {"height": 2001}, "5 to 2,000"),
        ("1", {"ink": "inkish"}, "name a colour, or write it as #rrggbb"),
        ("1", {"paper": "#12"}, "name a colour"),
        ("1" + "\n" * 4000 + "1", {"height": 200}, "would have .* pixels; wrap the text"),
        ("1" + " " * 4000 + "1", {"height": 400}, "would have .* pixels; wrap the text"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(text, wrong, complaint):
    with pytest.raises(BadInput, match=complaint) as caught:
        render(page_of(text), **wrong)
    assert "\n" not in str(caught.value)


def test_colours_are_of_256_levels_and_svg_knows_them_all():
    assert check_colour("rgb(300,0,0)").tolist() == [255, 0, 0]
    drawn = svg(page_of("1"), ink="hsv(0,100%,100%)", paper="#00ff00ff")
    assert 'fill="#ff0000"' in drawn and 'fill="#00ff00"' in drawn
