"""What is made of a page: outlines, films, a preview; and a picture of it read back."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from matplotlib.path import Path as Outline
from PIL import Image

from glyphspace.core.errors import BadInput, Unavailable
from glyphspace.message.animate import LONGEST, between, written
from glyphspace.message.compose import compose
from glyphspace.message.hand import anew
from glyphspace.message.ink import strokes
from glyphspace.message.morph import morphed
from glyphspace.message.motion import RATE, ROOM, film_height, save_motion
from glyphspace.message.outlines import STRAY, outlines
from glyphspace.message.preview import preview
from glyphspace.message.proportions import CAPITAL
from glyphspace.message.read_picture import read_picture
from glyphspace.message.render import blank, coverage, render
from glyphspace.message.segment import segment
from glyphspace.message.svg import svg
from glyphspace.message.typeset import typeset
from latent.stamps import conditional, stamps

DIGITS = (stamps() * 255).round().to(torch.uint8)


def page_of(text):
    return typeset(DIGITS[[int(one) for one in "".join(text.split())]], text)


@pytest.mark.parametrize("digit", range(10))
def test_outlines_are_the_edge_of_the_ink(digit):
    (ink,) = strokes(DIGITS[digit][None])
    at = np.arange(0.5, 28, 0.5)
    inside = np.zeros((len(at), len(at)), bool)
    curves = 0
    for outline in outlines(ink):
        curves += len(outline)
        for one, two in zip(outline, outline[1:] + outline[:1], strict=True):
            np.testing.assert_allclose(one[3], two[0])
        codes = [Outline.MOVETO, *[Outline.CURVE4] * 3 * len(outline)]
        path = Outline([outline[0][0], *(point for curve in outline for point in curve[1:])], codes)
        points = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)
        inside ^= path.contains_points(points).reshape(inside.shape)  # as the rule evenodd has it
    depth = ink.depth(at, at)
    clear = np.abs(depth) > 2 * STRAY
    assert (inside == (depth > 0))[clear].all()
    assert 4 <= curves <= 60


def test_an_svg_is_well_formed_and_has_a_path_for_each_glyph():
    page = page_of("20 26")
    root = ElementTree.fromstring(svg(page, 80, "navy", "transparent", 'a "quoted" <title>'))
    shape = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{shape}title").text == 'a "quoted" <title>'
    assert root.find(f"{shape}rect") is None
    paths = root.findall(f"{shape}g/{shape}path")
    assert len(paths) == 4
    assert all(re.fullmatch(r"(M[-\d.,]+(C[-\d., ]+)+Z)+", path.get("d")) for path in paths)
    assert 'fill="#fbfaf6"' in svg(page)
    with pytest.raises(BadInput, match="name a colour"):
        svg(page, ink='red" onload="alert(1)')


def test_a_film_begins_empty_only_gains_ink_and_ends_with_the_page():
    page = page_of("20 26")
    frames = list(written(page, 40, RATE))
    assert not frames[0].any()
    assert (frames[-1] == coverage(page, 40)).all()
    assert all((one <= two.astype(int) + 1).all() for one, two in itertools.pairwise(frames))
    halfway = frames[len(frames) // 2] > 128
    assert 0.2 < halfway.sum() / (frames[-1] > 128).sum() < 0.8


def test_a_long_film_is_quick_enough():
    frames = sum(1 for _ in written(page_of("8" * 150), 5, RATE))
    assert frames <= LONGEST * RATE + 5


def test_between_two_pages_there_is_each_of_them_at_its_end():
    one, two = page_of("20"), page_of("117")
    inks = [glyph.strokes for glyph in two.glyphs]
    start = between(one, two, [*(glyph.strokes for glyph in one.glyphs), inks[2]], 0.0)
    end = between(one, two, inks, 1.0)
    for found, page in ((start, one), (end, two)):
        drawn = coverage(found, 40)[: round(page.height * 2), : round(page.width * 2)]
        assert np.abs(drawn.astype(int) - coverage(page, 40)[: len(drawn)]).max() < 60


def test_a_message_becomes_another(reader):
    writer = conditional()
    one, two = (compose(text, writer, reader, 0, hand=anew(0.3)) for text in ("20", "117"))
    pages = tuple(typeset(each.images, each.text) for each in (one, two))
    frames = list(morphed(writer, one.message, two.message, pages, 40, 10))
    assert len({frame.shape for frame in frames}) == 1 and len(frames) > 20
    assert 0 < (frames[0] > 128).sum() < (frames[len(frames) // 2 + 4] > 128).sum() * 3


@pytest.mark.parametrize("paper", ["white", "transparent"])
@pytest.mark.parametrize("ending", [".gif", ".apng"])
def test_films_are_kept_as_they_were_drawn(ending, paper, tmp_path):
    page = page_of("7")
    save_motion(tmp_path / f"film{ending}", written(page, 30, RATE), "black", paper)
    with Image.open(tmp_path / f"film{ending}") as film:
        assert film.n_frames > 5
        film.seek(film.n_frames - 1)
        last = np.array(film.convert("RGBA"))
    expected = coverage(page, 30)
    ink = last[:, :, 3] if paper == "transparent" and ending == ".apng" else 255 - last[:, :, 0]
    covered = expected >= 128
    assert (ink[covered] > 100).all()
    if paper == "transparent":
        assert (last[expected == 0][:, 3] == 0).all()


def test_a_film_of_a_long_text_is_smaller_and_never_larger_than_there_is_room_for():
    short, long = page_of("2026"), page_of("\n".join(["2026 1170 "] * 100))
    assert film_height([short], 80, LONGEST) == 80
    height = film_height([short, long], 80, LONGEST)
    assert 5 <= height < 80
    assert blank(long, height).size * LONGEST * RATE < 1.1 * ROOM
    with pytest.raises(BadInput, match="too long for a film"):
        film_height([replace(long, height=1e6)], 80, LONGEST)
    narrow = replace(short, width=10.0, height=CAPITAL * 3_000)
    assert film_height([narrow], 80, 1.0) * 3_000 < 65_535


def test_an_mp4_is_as_long_as_its_frames_and_a_rest(tmp_path):
    pytest.importorskip("imageio_ffmpeg")
    import imageio_ffmpeg

    frames = (np.full((31, 45), 5 * number, np.uint8) for number in range(RATE))
    save_motion(tmp_path / "x.mp4", frames, "black", "white")
    count, seconds = imageio_ffmpeg.count_frames_and_secs(str(tmp_path / "x.mp4"))
    assert (count, seconds) == (3 * RATE, pytest.approx(3.0, abs=0.1))


def test_an_mp4_needs_its_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "imageio_ffmpeg", None)
    with pytest.raises(Unavailable, match=r"pip install 'glyphspace\[video\]'"):
        save_motion(tmp_path / "x.mp4", iter([]), "black", "white")
    with pytest.raises(BadInput, match="no transparent paper"):
        save_motion(tmp_path / "x.mp4", iter([]), "black", "transparent")


def test_a_preview_fits_the_terminal_and_shows_the_ink():
    shown = preview(page_of("20 26 117"), 60).splitlines()
    assert max(map(len, shown)) <= 60 and len(shown) > 1
    assert all("⠀" <= one <= "⣿" for one in "".join(shown))
    assert "⣿" in "".join(preview(page_of("8888"), 80))


@pytest.mark.parametrize("height", [30, 80, 200])
@pytest.mark.parametrize(("ink", "paper"), [("black", "white"), ("#ffee88", "#102040"), ("#555", "#aaa")])
def test_a_picture_is_taken_apart_into_its_glyphs(height, ink, paper):
    text = "2026 117\n9"
    lines = segment(Image.fromarray(render(page_of(text), height, ink, paper)))
    assert [len(line) for line in lines] == [7, 1]
    assert [piece.left for piece in lines[0]] == sorted(piece.left for piece in lines[0])


def test_a_picture_of_a_message_is_read_with_its_spaces_and_lines(reader):
    picture = Image.fromarray(render(page_of("2026 117\n9 4"), 60))
    centred = read_picture(picture, reader)
    assert [len(word) for word in centred.text.split(" ")] == [4, 5, 1]
    assert centred.text.count("\n") == 1 and len(centred.images) == 9


def test_a_reader_of_digits_reads_a_large_one_as_a_digit(reader):
    texts = (("2026202620", 40), ("7", 240))
    small, large = (render(page_of(text), height, "black", "white") for text, height in texts)
    page = np.full((large.shape[0], small.shape[1] + large.shape[1], 3), 255, np.uint8)
    page[-small.shape[0] :, : small.shape[1]] = small
    page[:, small.shape[1] :] = large
    seen = read_picture(Image.fromarray(page), reader)
    assert seen.certainties.isfinite().all() and len(seen.images) == 11


def test_shade_and_dirt_are_no_writing():
    page = render(page_of("2026 117"), 60, "black", "white").astype(float)
    shade = np.linspace(1.0, 0.45, page.shape[1])[None, :, None]
    noise = np.random.default_rng(0).normal(0, 6, page.shape[:2])[:, :, None]
    picture = np.clip(page * shade + noise, 0, 255).astype(np.uint8)
    picture[3:5, 3:5] = 0
    assert [len(line) for line in segment(Image.fromarray(picture))] == [7]


@pytest.mark.parametrize("picture", [np.full((40, 60), 255, np.uint8), np.zeros((1, 1), np.uint8)])
def test_an_empty_picture_is_refused(picture):
    with pytest.raises(BadInput, match="there is no writing"):
        segment(Image.fromarray(picture))


def test_noise_is_read_or_refused_but_never_fails(reader):
    chance = np.random.default_rng(0)
    for size in ((3, 200), (40, 40), (200, 7), (300, 300)):
        noise = chance.integers(0, 256, size, dtype=np.uint8)
        try:
            assert read_picture(Image.fromarray(noise), reader).text
        except BadInput as error:
            assert "\n" not in str(error)
