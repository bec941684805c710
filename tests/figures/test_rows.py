import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.rows import Row, captioned_rows
from glyphspace.figures.save import to_png


def test_each_row_has_its_title_and_each_image_its_caption(digits: np.ndarray) -> None:
    figure = captioned_rows([Row("first", digits[:4], ["a", "b", "c", "d"]), Row("second", digits[4:8], ["e"])])
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["first", "second"]
    assert [text.get_text() for text in axes.texts] == ["a", "b", "c", "d", "e"]
    assert to_png(figure, dpi=40)


def test_a_long_title_stays_on_the_page(digits: np.ndarray) -> None:
    figure = captioned_rows([Row("as long as samples", digits[:4])])
    (title,) = figure.axes[0].get_yticklabels()
    to_png(figure, dpi=72)
    assert title.get_window_extent().x0 >= 0 and title.get_text().count("\n") == 1


def test_images_keep_their_pixels(digits: np.ndarray) -> None:
    sheet = np.asarray(captioned_rows([Row("", digits[:3])]).axes[0].images[0].get_array())[..., 3]
    assert (sheet[1:29, 2:30] == digits[0]).all() and (sheet[1:29, 66:94] == digits[2]).all()


def test_rows_of_different_lengths_are_refused(digits: np.ndarray) -> None:
    for rows in ([], [Row("", digits[:0])], [Row("", digits[:2]), Row("", digits[:3])]):
        with pytest.raises(BadInput):
            captioned_rows(rows)
