import random

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy.ndimage import center_of_mass

from glyphspace.core.errors import BadInput
from glyphspace.data import glyphs, load_dataset
from glyphspace.data.glyphs import glyph, read_glyph


def drawing(size=(200, 300), ink=0, paper=255, mode="L") -> Image.Image:
    """A seven at the upper left of a page."""
    image = Image.new(mode, size, paper)
    ImageDraw.Draw(image).line([(20, 20), (90, 20), (40, 150)], fill=ink, width=14)
    return image


def test_polarity_does_not_matter():
    dark, light = glyph(drawing()), glyph(drawing(ink=255, paper=0))
    assert (dark == light).all()
    assert dark[0].max() == 0 and dark.max() == 255


def test_ink_fills_20_pixels_and_its_mass_is_in_the_middle():
    pixels = glyph(drawing())
    rows = np.flatnonzero(pixels.max(1) > 40)
    assert rows[-1] - rows[0] + 1 == 20
    assert np.abs(np.array(center_of_mass(pixels)) - 14).max() < 0.75


def test_faint_ink_on_grey_paper_is_stretched():
    assert np.abs(glyph(drawing(ink=90, paper=200)).astype(int) - glyph(drawing())).max() <= 3


DOWN, ACROSS = np.mgrid[:300, :200] / [[[300]], [[200]]]
LIGHT = {
    "darker to a corner": -20 * (DOWN + ACROSS),
    "much darker to a corner": -70 * (DOWN + ACROSS),
    "darker to all corners": -140 * ((DOWN - 0.5) ** 2 + (ACROSS - 0.5) ** 2),
    "a dark table at an edge": -150.0 * (DOWN > 0.93),
    "a dark table at another edge": -120.0 * (ACROSS > 0.95),
    "lined paper": -45.0 * (np.arange(300)[:, None] % 40 < 2),
    "squared paper": -45.0 * ((np.arange(300)[:, None] % 25 < 2) | (np.arange(200) % 25 < 2)),
}


@pytest.mark.parametrize("light", LIGHT)
@pytest.mark.parametrize("noise", [0, 3])
def test_a_photograph_is_read_as_the_drawing_is(light, noise):
    grain = np.random.default_rng(0).normal(0, noise, (300, 200))
    photograph = np.clip(np.asarray(drawing(ink=40, paper=230)) + LIGHT[light] + grain, 0, 255).astype(np.uint8)
    found = glyph(Image.fromarray(photograph)).astype(int)
    assert np.abs(found - glyph(drawing())).mean() < 6


def test_a_faint_pencil_beside_a_dark_table_is_full_ink():
    page = np.asarray(drawing(ink=150, paper=230)).copy()
    page[:, 190:] = 20
    assert np.abs(glyph(Image.fromarray(page)).astype(int) - glyph(drawing())).mean() < 3


def test_a_dot_is_no_dirt_and_a_spot_in_the_corner_is():
    def letter(dot: int, spot: int) -> np.ndarray:
        image = Image.new("L", (200, 300), 255)
        draw = ImageDraw.Draw(image)
        draw.line([(100, 120), (100, 240)], fill=0, width=14)
        draw.ellipse([100 - dot, 90 - dot, 100 + dot, 90 + dot], fill=0)
        draw.rectangle([0, 0, spot, spot], fill=0)
        return glyph(image).astype(int)

    assert (letter(dot=8, spot=3) == letter(dot=8, spot=0)).all()
    assert (letter(dot=8, spot=0) != letter(dot=0, spot=0)).mean() > 0.05


@pytest.mark.parametrize("kept", ["bar", "frame"])
def test_what_lies_along_a_side_of_a_picture_that_is_cut_to_its_ink_is_ink(kept):
    image = Image.new("L", (120, 160), 255)
    draw = ImageDraw.Draw(image)
    draw.line([(0, 5), (120, 5)], fill=0, width=12)
    draw.line([(60, 30), (60, 160)] if kept == "bar" else [(0, 5), (0, 160)], fill=0, width=12)
    assert (glyph(image) > 100).any(0).sum() >= 14  # as wide as the bar


def test_a_picture_that_the_camera_held_sideways_is_upright(tmp_path):
    turned = drawing().transpose(Image.Transpose.ROTATE_90)
    exif = turned.getexif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees clockwise
    turned.save(tmp_path / "seven.jpg", exif=exif, quality=95)
    assert np.abs(read_glyph(tmp_path / "seven.jpg").astype(int) - glyph(drawing())).mean() < 3


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "1", "P", "LA", "CMYK"])
def test_any_mode_gives_the_same_glyph(mode):
    assert (glyph(drawing().convert(mode)) == glyph(drawing())).mean() > 0.97


def test_transparent_ground_is_paper():
    clear = drawing(mode="RGBA", ink=(0, 0, 0, 255), paper=(0, 0, 0, 0))
    assert (glyph(clear) == glyph(drawing())).all()


def test_white_ink_on_a_transparent_ground_is_seen():
    clear = drawing(mode="RGBA", ink=(255, 255, 255, 255), paper=(255, 255, 255, 0))
    assert (glyph(clear) == glyph(drawing())).mean() > 0.97


def test_sixteen_bits_are_not_clipped():
    wide = Image.fromarray(np.asarray(drawing(ink=40)).astype(np.uint16) * 200)
    assert wide.mode.startswith("I") and np.abs(glyph(wide).astype(int) - glyph(drawing())).max() <= 2


def test_28_by_28_is_left_alone_but_for_its_polarity():
    digit = load_dataset("sklearn-digits").images[0].numpy()
    assert (glyph(Image.fromarray(digit)) == digit).all()
    assert (glyph(Image.fromarray(255 - digit)) == digit).all()


def test_28_by_28_on_grey_paper_is_cleaned():
    digit = load_dataset("sklearn-digits").images[0].numpy()
    greyed = (200 - digit * (140 / 255)).round().astype(np.uint8)
    found = glyph(Image.fromarray(greyed))
    assert found[0].max() == 0 and found.max() == 255


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (27, 28), (28, 28)])
@pytest.mark.parametrize("paper", [0, 128, 255])
def test_blank_page_is_empty_ground(size, paper):
    assert len(set(glyph(Image.new("L", size, paper)).ravel().tolist())) == 1
    assert glyph(Image.new("L", size, paper)).max() <= 127


def test_thin_line_survives():
    line = Image.new("L", (300, 300), 255)
    ImageDraw.Draw(line).line([(150, 10), (150, 290)], fill=0, width=3)
    assert glyph(line).max() > 100


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp", "tiff", "webp", "ppm"])
def test_file_formats_are_read(tmp_path, suffix):
    drawing(mode="RGB", ink=(0, 0, 0), paper=(255, 255, 255)).save(tmp_path / f"seven.{suffix}")
    assert np.abs(read_glyph(tmp_path / f"seven.{suffix}").astype(int) - glyph(drawing())).mean() < 3


def test_missing_empty_and_foreign_files_are_refused(tmp_path):
    (tmp_path / "empty.png").touch()
    (tmp_path / "script.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n")
    for name in ("none.png", "empty.png", "script.png", ""):
        with pytest.raises(BadInput, match=r"cannot be read as an image|there is no picture"):
            read_glyph(tmp_path / name)


def test_huge_picture_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    drawing().save(tmp_path / "page.png")
    monkeypatch.setattr(glyphs, "LARGEST", 1000)
    with pytest.raises(BadInput, match="200 × 300 pixels, too many"):
        read_glyph(tmp_path / "page.png")


def test_500_mutated_pictures_load_or_are_refused(tmp_path):
    rng = random.Random(0)
    originals = []
    for suffix in ("png", "jpg", "gif", "bmp", "tiff", "webp"):
        drawing((40, 60)).save(tmp_path / f"original.{suffix}")
        originals.append((tmp_path / f"original.{suffix}").read_bytes())
    for i in range(500):
        content = bytearray(originals[i % len(originals)])
        for _ in range(rng.randint(1, 6)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        (tmp_path / "mutant").write_bytes(content[: rng.randint(1, 2 * len(content))])
        try:
            assert read_glyph(tmp_path / "mutant").shape == (28, 28)
        except BadInput as error:
            assert "\n" not in str(error)


def test_pale_ink_on_a_transparent_ground_is_seen():
    clear = drawing(mode="RGBA", ink=(244, 244, 244, 255), paper=(244, 244, 244, 0))
    assert (glyph(clear) == glyph(drawing())).mean() > 0.97


def test_of_a_film_the_last_picture_counts(tmp_path):
    empty = drawing(ink=255)
    for name in ("film.gif", "film.png", "film.webp"):
        empty.save(tmp_path / name, save_all=True, append_images=[drawing()])
        assert (read_glyph(tmp_path / name) > 0).any()
