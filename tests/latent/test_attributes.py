"""Attributes of drawn shapes, whose slant, thickness and extent are known."""

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from glyphspace.latent.attributes import ATTRIBUTES, measure


def drawn(draw_on) -> dict[str, float]:
    """The attributes of what is drawn at eight times the size."""
    page = Image.new("L", (224, 224))
    draw_on(ImageDraw.Draw(page))
    image = torch.from_numpy(np.array(page.resize((28, 28), Image.Resampling.BOX)))
    return dict(zip(ATTRIBUTES, measure(image[None])[0].tolist(), strict=True))


def line(lean: float, thick: float):
    """A stroke 18 pixels high that leans to the right by so many pixels."""
    ends = [(112 - 4 * lean, 112 + 72), (112 + 4 * lean, 112 - 72)]
    return drawn(lambda page: page.line(ends, fill=255, width=round(8 * thick)))


@pytest.mark.parametrize("lean", [-12, -5, 0, 5, 12])
def test_slant_is_the_angle_of_a_stroke(lean):
    assert line(lean, 2)["slant"] == pytest.approx(np.degrees(np.arctan2(lean, 18)), abs=1.5)


@pytest.mark.parametrize("thick", [2, 3, 4])
def test_thickness_is_the_width_of_a_stroke(thick):
    measured = line(0, thick)["thickness"]
    assert measured == pytest.approx(thick * 18 / (18 + thick), rel=0.12)  # a stroke has ends too


@pytest.mark.parametrize(("width", "height"), [(6, 18), (12.5, 10), (20, 20)])
def test_width_and_height_are_those_of_a_box_to_a_fraction_of_a_pixel(width, height):
    box = (40, 24, 40 + 8 * width - 1, 24 + 8 * height - 1)
    found = drawn(lambda page: page.rectangle(box, fill=255))
    assert found["width"] == pytest.approx(width, abs=0.51)
    assert found["height"] == pytest.approx(height, abs=0.51)


def test_loops_are_counted_image_by_image():
    def rings(count):
        def draw_on(page):
            for number in range(count):
                page.ellipse((60, 10 + 70 * number, 130, 80 + 70 * number), outline=255, width=16)

        return draw_on

    assert [drawn(rings(count))["loops"] for count in range(4)] == [0, 1, 2, 3]


def test_blank_and_full_images_have_numbers_too():
    images = torch.stack([torch.zeros(28, 28), torch.full((28, 28), 255.0), torch.full((28, 28), 9.0)]).byte()
    found = measure(images)
    assert torch.isfinite(found).all()
    assert found[0].tolist() == found[2].tolist() == [0] * 5
    assert measure(images[:0]).shape == (0, 5)
