import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from glyphspace.core.errors import BadInput
from glyphspace.figures.diagram import Layer, net_diagram
from glyphspace.figures.save import to_png

GENERATOR = [
    Layer("linear", (3136,), 316_736),
    Layer("reshape", (64, 7, 7), 0),
    Layer("up-convolution", (64, 14, 14), 36_928),
    Layer("batch norm", (64, 14, 14), 128),
    Layer("leaky ReLU", (64, 14, 14), 0),
    Layer("up-convolution", (64, 14, 14), 36_928),
    Layer("up-convolution", (1, 28, 28), 577),
    Layer("tanh", (1, 28, 28), 0),
]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def fronts(figure: Figure) -> list[tuple[float, float]]:
    """Width and height of the front of each box."""
    faces = [patch.get_xy() for patch in figure.axes[0].patches if isinstance(patch, Polygon)][::6]
    return [tuple(face.max(axis=0) - face.min(axis=0)) for face in faces]


def test_layers_that_only_scale_or_bend_share_the_box_before_them() -> None:
    figure = net_diagram(GENERATOR, (100,))
    assert len(fronts(figure)) == 6  # the input and five tensors made by weights or by a new shape
    start = words(figure).index("64×14×14")
    assert words(figure)[start : start + 5] == ["64×14×14", "up-convolution", "batch norm", "leaky ReLU", "37,056"]


def test_a_box_is_as_tall_as_its_image_and_as_thick_as_its_channels() -> None:
    *_, small, middle, again, large = fronts(net_diagram(GENERATOR, (100,)))
    assert small[1] < middle[1] < large[1]
    assert middle == pytest.approx(again)
    assert middle[0] > large[0]


def test_every_parameter_is_counted_once() -> None:
    counts = [int(word.replace(",", "")) for word in words(net_diagram(GENERATOR, (100,))) if "," in word]
    assert sum(counts) + 577 == sum(layer.parameters for layer in GENERATOR) + 3136


def test_a_long_net_goes_on_in_the_next_row() -> None:
    layers = [Layer("residual block", (64, 14, 14), 73_728)] * 20
    figure = net_diagram(layers, (1, 28, 28))
    to_png(figure, dpi=40)
    assert figure.get_figheight() > 2 * net_diagram(layers[:5], (1, 28, 28)).get_figheight()


def test_one_logit_per_image_needs_no_dimension() -> None:
    assert "1" in words(net_diagram([Layer("linear", (), 6_273)], (6272,)))


def test_a_net_without_layers_is_refused() -> None:
    with pytest.raises(BadInput, match="without layers"):
        net_diagram([], (100,))


def test_what_one_layer_does_at_once_stands_line_by_line() -> None:
    layers = [Layer("conv 3×3", (8, 14, 14), 80), Layer("leaky ReLU 0.2, dropout 0.5", (8, 14, 14), 0)]
    figure = net_diagram(layers, (1, 28, 28))
    assert words(figure)[-4:] == ["conv 3×3", "leaky ReLU 0.2", "dropout 0.5", "80"]
    assert figure.get_figheight() > net_diagram(layers[:1], (1, 28, 28)).get_figheight()
