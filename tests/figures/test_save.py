import io
import xml.etree.ElementTree as ET

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from glyphspace.figures.distributions import class_shares
from glyphspace.figures.grids import labelled_grid
from glyphspace.figures.matrix import matrix
from glyphspace.figures.save import to_png, to_svg
from glyphspace.figures.style import DARK


def bars() -> Figure:
    return class_shares(["0", "1", "2"], {"all": np.array([0.2, 0.3, 0.5])}, np.full(3, 1 / 3))


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert to_svg(bars()) == to_svg(bars())
    assert to_png(bars()) == to_png(bars())


def test_an_svg_is_one_element_that_parses() -> None:
    assert ET.fromstring(to_svg(bars())).tag == "{http://www.w3.org/2000/svg}svg"


def test_an_svg_asks_for_nothing_from_elsewhere() -> None:
    for element in ET.fromstring(to_svg(bars())).iter():
        for name, value in element.attrib.items():
            if name.endswith("href"):
                assert value.startswith(("#", "data:image/png;base64,"))


def test_every_colour_of_an_svg_has_one_for_dark_pages(digits: np.ndarray) -> None:
    names = ["a", "b"]
    drawings = [bars(), matrix(np.eye(2), names, names, "row", "column"), labelled_grid(digits[:2], names, 2)]
    for svg in map(to_svg, drawings):
        body = svg[svg.index("</style>") :]
        used = {body[at : at + 7] for at in range(len(body)) if body[at - 6 : at + 1] in ("fill: #", "roke: #")}
        # What is white stands on a shade that is the same on every page.
        assert used - {"#ffffff"} <= set(DARK)


def test_glyphs_are_inverted_on_a_dark_page_and_shades_are_not(digits: np.ndarray) -> None:
    assert "<image" in to_svg(matrix(np.eye(2), ["a", "b"], ["a", "b"], "row", "column"))
    assert 'id="glyphs"' not in to_svg(matrix(np.eye(2), ["a", "b"], ["a", "b"], "row", "column"))
    assert 'id="glyphs"' in to_svg(labelled_grid(digits[:2], ["a", "b"], 2))


def test_a_png_has_the_size_that_was_asked_for() -> None:
    image = Image.open(io.BytesIO(to_png(bars(), dpi=50)))
    assert image.size == (round(7.2 * 50), round(bars().get_figheight() * 50))


@pytest.mark.parametrize("setting", ["svg.hashsalt", "font.size", "axes.facecolor", "text.parse_math"])
def test_drawing_and_saving_leave_matplotlib_as_it_was(setting: str) -> None:
    before = matplotlib.rcParams[setting]
    to_svg(bars())
    assert matplotlib.rcParams[setting] == before
