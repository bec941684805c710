import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.effects import effects
from glyphspace.figures.kernels import kernel_sheets
from glyphspace.figures.pairs import image_rows
from glyphspace.figures.save import to_svg
from glyphspace.figures.verdicts import class_accuracy, score_histogram


def test_scores_are_told_apart_by_colour_and_the_threshold_is_marked(rng: np.random.Generator) -> None:
    svg = to_svg(score_histogram(rng.normal(2, 1, 300), rng.normal(-2, 1, 200)))
    for words in ("real", "generated", "says real", "says generated"):
        assert words in svg
    one_sided = to_svg(score_histogram(rng.normal(9, 1, 300), rng.normal(8, 1, 200)))
    assert "says generated" not in one_sided
    with pytest.raises(BadInput, match="one of the two is missing"):
        score_histogram(np.empty(0), np.ones(3))


def test_accuracy_has_two_bars_a_class() -> None:
    figure = class_accuracy(["a", "b"], np.array([0.5, np.nan]), np.array([0.7, 1.0]))
    heights = [bar.get_height() for bar in figure.axes[0].patches]
    assert heights[0] == 0.5 and np.isnan(heights[1]) and heights[2:] == [0.7, 1.0]


def test_every_kernel_is_as_strong_as_its_largest_weight(rng: np.random.Generator) -> None:
    figure = kernel_sheets({"look.0": rng.normal(size=(40, 3, 3)), "dead": np.zeros((2, 5, 5))})
    first, dead = (axes.images[0].get_array() for axes in figure.axes)
    assert first.shape == (2 * 4, 32 * 4, 4) and first[..., 3].max() == 255
    assert dead[..., 3].max() == 0
    with pytest.raises(BadInput, match="no kernels"):
        kernel_sheets({})


def test_rows_of_images_break_after_ten(digits: np.ndarray) -> None:
    figure = image_rows([("before", digits[:13]), ("after", digits[:13])], [str(n) for n in range(13)])
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts.count("before") == texts.count("after") == 2
    assert [text for text in texts if text.isdigit()] == [str(n) for n in range(13)]
    bare = image_rows([("before", digits[:13])], [""] * 13)
    assert bare.get_figheight() < figure.get_figheight() / 2
    with pytest.raises(BadInput, match="as many captions"):
        image_rows([("before", digits[:2])], ["one"])


def test_effects_have_a_number_and_how_much_it_explains() -> None:
    figure = effects(np.array([[0.5, -0.2]]), np.array([[0.9, 0.1]]), ["slant"], ["slant", "width"], "")
    assert [text.get_text().strip() for text in figure.axes[0].texts] == ["+0.50", "0.90", "-0.20", "0.10"]
    with pytest.raises(BadInput, match="have no 2 rows"):
        effects(np.zeros((1, 1)), np.zeros((1, 1)), ["a", "b"], ["c"], "")
