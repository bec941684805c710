import pytest

from glyphspace.figures.style import BLUE, DARK, GREEN, INK, LINE, MUTED, ORANGE, PAPER, PURPLE, colour


def luminance(colour: str) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines define it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("text", [INK, MUTED])
def test_type_is_readable_on_light_and_on_dark_pages(text: str) -> None:
    assert contrast(text, PAPER) > 4.5
    assert contrast(DARK[text], DARK[PAPER]) > 4.5


@pytest.mark.parametrize("line", [BLUE, ORANGE, GREEN, PURPLE])
def test_lines_stand_out_on_light_and_on_dark_pages(line: str) -> None:
    assert contrast(line, PAPER) > 3
    assert contrast(DARK[line], DARK[PAPER]) > 3


def test_no_colour_is_taken_for_another() -> None:
    assert len({*DARK, *DARK.values()}) == 2 * len({INK, MUTED, LINE, PAPER, BLUE, ORANGE, GREEN, PURPLE})


def test_a_role_keeps_its_colour_wherever_it_stands() -> None:
    assert colour("generator", 0) == colour("generator", 3) == BLUE
    assert colour("plain script", 1) == ORANGE
