import string

import numpy as np
import pytest
from matplotlib.patches import StepPatch

from glyphspace.core.errors import BadInput
from glyphspace.figures.distributions import certainty_histogram, class_shares
from glyphspace.figures.save import to_png


def test_bars_are_as_high_as_the_shares(rng: np.random.Generator) -> None:
    shares = {"all": rng.dirichlet(np.ones(10)), "≥ 0.9": rng.dirichlet(np.ones(10))}
    (axes,) = class_shares(list(string.digits), shares, np.full(10, 0.1)).axes
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == pytest.approx(np.concatenate(list(shares.values())))


def test_the_marks_of_the_axis_say_where_they_stand() -> None:
    figure = class_shares(list(string.digits), {"all": np.full(10, 0.16)}, np.full(10, 0.1))
    to_png(figure, dpi=40)
    (axes,) = figure.axes
    marks = [(label.get_text(), value) for label, value in zip(axes.get_yticklabels(), axes.get_yticks(), strict=True)]
    assert all(float(text.removesuffix("%")) == pytest.approx(100 * value) for text, value in marks)


def test_the_real_share_of_each_class_is_marked(rng: np.random.Generator) -> None:
    real = rng.dirichlet(np.ones(10))
    (axes,) = class_shares(list(string.digits), {"all": real}, real).axes
    assert [path.vertices[0, 1] for path in axes.collections[0].get_paths()] == pytest.approx(real)


def test_many_classes_are_spread_evenly_over_rows(rng: np.random.Generator) -> None:
    classes = [*string.digits, *string.ascii_letters][:47]
    figure = class_shares(classes, {"all": rng.dirichlet(np.ones(47))}, np.full(47, 1 / 47))
    assert [len(axes.patches) for axes in figure.axes] == [16, 16, 15]
    to_png(figure, dpi=40)


def test_shares_of_other_classes_are_refused() -> None:
    with pytest.raises(BadInput, match="10 classes must be 10 numbers"):
        class_shares(list(string.digits), {"all": np.full(9, 1 / 9)}, np.full(9, 1 / 9))


def test_a_class_may_be_called_as_mathematics_are() -> None:
    to_png(class_shares(["$", "$^", "_a"], {"all": np.full(3, 1 / 3)}, np.full(3, 1 / 3)), dpi=40)


def test_a_histogram_holds_every_image(rng: np.random.Generator) -> None:
    figure = certainty_histogram({"generated": rng.random(1_000), "real": np.ones(10)})
    steps = [patch for patch in figure.axes[0].patches if isinstance(patch, StepPatch)]
    assert [patch.get_data().values.sum() for patch in steps] == pytest.approx([1.0] * 4)
    to_png(figure, dpi=40)


def test_no_images_are_refused_by_name() -> None:
    with pytest.raises(BadInput, match="no generated images"):
        certainty_histogram({"generated": np.zeros(0)})
