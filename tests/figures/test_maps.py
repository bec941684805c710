import re

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.map_page import map_page
from glyphspace.figures.maps import Panel, label_maps, occupied, placed_map
from glyphspace.figures.save import to_svg


def panel(count: int = 60, title: str = "images") -> Panel:
    labels = np.arange(count) % 3
    positions = np.random.default_rng(0).normal(size=(count, 2)) + 9 * labels[:, None]
    return Panel(title, "trust 0.97", positions, labels)


def test_the_colour_of_each_class_is_named_once():
    figure = label_maps([panel(title=name) for name in ("latents", "images")], ["a", "b", "c"])
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["a", "b", "c"]
    assert not label_maps([panel()], [str(number) for number in range(200)]).legends


def test_long_names_stay_on_the_page():
    classes = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
    for figure in (label_maps([panel(), panel()], classes), placed_map(panel().positions, panel(), classes)):
        figure.draw_without_rendering()
        box = figure.legends[0].get_window_extent()
        assert box.x0 >= 0 and box.x1 <= figure.bbox.width


def test_each_map_has_its_title_and_each_class_its_name_where_it_is() -> None:
    figure = label_maps([panel(title=name) for name in ("latents", "features", "images")], ["a", "b", "c"])
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[:3] == [f"{name}\ntrust 0.97" for name in ("latents", "features", "images")]
    assert [text.get_text() for text in figure.axes[0].texts] == ["a", "b", "c"]


def test_a_class_that_is_strewn_has_no_name() -> None:
    labels = np.arange(300) % 10
    strewn = Panel("latents", "", np.random.default_rng(0).normal(size=(300, 2)), labels)
    assert not label_maps([strewn], list("0123456789")).axes[0].texts


def test_ten_thousand_points_make_a_light_svg() -> None:
    many = Panel("", "", np.random.default_rng(0).normal(size=(10_000, 2)), np.zeros(10_000, dtype=int))
    assert len(to_svg(label_maps([many], ["a"]))) < 1_000_000


def test_placed_points_lie_over_the_map() -> None:
    figure = placed_map(panel().positions, panel(20, "new"), ["a", "b", "c"])
    assert [len(drawn.get_offsets()) for drawn in figure.axes[0].collections] == [60, 20]


def test_areas_are_bars_beside_the_cells() -> None:
    owners = np.array([[0, 0], [1, -1]])
    figure = occupied(owners, np.array([2 / 3, 1 / 3]), np.array([0.5, 0.5]), ["a", "b"])
    assert [bar.get_height() for bar in figure.axes[1].patches] == pytest.approx([2 / 3, 1 / 3])
    assert figure.axes[0].images[0].get_array()[1, 1, 3] == 0


def page(count: int, images: np.ndarray, name: str = "b") -> str:
    points = panel(count)
    return map_page("digits", "a note", points.positions, images, points.labels, np.full(count, 0.5), ["a", name, "c"])


def test_a_page_needs_nothing_from_elsewhere(digits: np.ndarray) -> None:
    html = page(30, digits)
    assert not re.findall(r"""(?:src|href)\s*=|url\(|https?:|import\b""", html.replace("{ src: source }", ""))
    assert html.count("data:image/png;base64,") == 1
    assert "Map of 30 images" in html and "prefers-color-scheme: dark" in html


def test_a_page_survives_hostile_class_names(digits: np.ndarray) -> None:
    html = page(30, digits, "</script><b>")
    assert "</script><b>" not in html


def test_a_page_of_nothing_is_refused(digits: np.ndarray) -> None:
    with pytest.raises(BadInput, match="there are no points"):
        map_page("", "", np.empty((0, 2)), digits[:0], np.empty(0, int), np.empty(0), [])


def test_no_maps_make_no_figure() -> None:
    with pytest.raises(BadInput, match="no maps"):
        label_maps([], [])
