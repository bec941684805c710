import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.palette import class_colours
from glyphspace.figures.planes import Window, plane_images, plane_maps, plane_zooms
from glyphspace.figures.save import to_png, to_svg

CLASSES = list("0123456789")


@pytest.fixture
def window(rng: np.random.Generator) -> Window:
    labels = np.repeat(np.arange(8).reshape(2, 4), 5, axis=0).repeat(3, axis=1)[:10, :10]
    certainty = np.ones((10, 10))
    certainty[0, 0] = 0.1
    return Window("near", labels, certainty, np.array([[-0.5, 0.5], [0.9, 0]]), ["a", "b"])


def test_a_label_has_the_colour_of_its_class_and_pales_where_it_is_in_doubt(window: Window) -> None:
    left, right = plane_maps(window, CLASSES).axes
    picture = np.asarray(left.images[0].get_array())
    assert tuple(picture[0, 4, :3]) == tuple(bytes.fromhex(class_colours(10)[1][1:]))
    assert picture[0, 4, 3] == 255 and picture[0, 0, 3] == 64
    assert np.asarray(right.images[0].get_array())[0, :2, 3].tolist() == [26, 255]


def test_points_are_named_where_they_lie(window: Window) -> None:
    axes = plane_maps(window, CLASSES).axes[0]
    assert [text.get_text() for text in axes.texts] == ["a", "b"]
    assert [line.get_xydata().tolist() for line in axes.lines] == [[[-0.5, 0.5]], [[0.9, 0.0]]]


def test_only_classes_that_are_there_are_explained(window: Window) -> None:
    (legend,) = plane_maps(window, CLASSES).legends
    assert [text.get_text() for text in legend.get_texts()] == list("01234567")


def test_images_stand_where_they_were_drawn(window: Window) -> None:
    images = np.arange(9, dtype=np.uint8).reshape(3, 3, 1, 1).repeat(28, 2).repeat(28, 3) * 20
    figure = plane_images(window, images, CLASSES)
    sheet = np.asarray(figure.axes[0].images[1].get_array())[14::28, 14::28, 3]
    assert sheet.tolist() == (np.arange(9).reshape(3, 3) * 20).tolist()
    assert to_png(figure, dpi=40)


@pytest.mark.parametrize("count", [1, 3, 6])
def test_zooms_stand_side_by_side(window: Window, count: int) -> None:
    figure = plane_zooms([window] * count, CLASSES)
    assert sum(bool(axes.images) for axes in figure.axes) == count
    assert to_svg(figure)


def test_no_windows_are_refused() -> None:
    with pytest.raises(BadInput):
        plane_zooms([], CLASSES)
