import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from glyphspace.core.errors import BadInput
from glyphspace.figures.curves import accuracy_curves, advantage_curve, duration_curve, evaluation_curves, loss_curves
from glyphspace.figures.save import to_png, to_svg


def line(figure: Figure, label: str) -> tuple[np.ndarray, np.ndarray]:
    (found,) = (each for each in figure.axes[0].lines if each.get_label() == label)
    return np.asarray(found.get_xdata()), np.asarray(found.get_ydata())


def axes_of(figure: Figure) -> Axes:
    (axes,) = figure.axes
    return axes


def test_losses_are_means_of_whole_windows_at_their_epochs(rng: np.random.Generator) -> None:
    losses = rng.random(2_050)
    epochs, means = line(loss_curves({"generator": losses}, per_epoch=500), "generator")
    assert means == pytest.approx([losses[start : start + 100].mean() for start in range(0, 2_000, 100)])
    assert epochs == pytest.approx((np.arange(20) * 100 + 50) / 500)


def test_a_short_run_is_averaged_over_fewer_iterations(rng: np.random.Generator) -> None:
    figure = accuracy_curves({"real": rng.random(80), "fake": rng.random(80)}, per_epoch=1_875)
    assert axes_of(figure).get_title(loc="left") == "accuracy, mean of 10 iterations"
    assert len(line(figure, "fake")[1]) == 8


def test_raw_values_keep_their_extremes_when_they_are_thinned(rng: np.random.Generator) -> None:
    losses = rng.random(50_000)
    losses[31_415] = 9.0
    raw = axes_of(loss_curves({"generator": losses}, per_epoch=1_000)).lines[0]
    assert np.max(raw.get_ydata()) == 9.0
    assert np.asarray(raw.get_xdata())[np.argmax(raw.get_ydata())] == pytest.approx(31.415, abs=0.2)
    assert len(raw.get_ydata()) <= 2_000


def test_seconds_are_those_of_25_iterations() -> None:
    figure = duration_curve(np.full(1_000, 0.02), per_epoch=100)
    assert np.asarray(axes_of(figure).lines[0].get_ydata()) == pytest.approx(0.5)


def test_a_pause_of_the_machine_does_not_flatten_the_rest() -> None:
    seconds = np.full(10_000, 0.02)
    seconds[5_000] = 600.0
    assert axes_of(duration_curve(seconds, per_epoch=1_000)).get_ylim()[1] < 1


@pytest.mark.parametrize("iterations", [1, 2, 7, 100])
def test_any_run_that_has_begun_can_be_drawn(iterations: int) -> None:
    to_png(loss_curves({"generator": np.ones(iterations), "discriminator": np.ones(iterations)}, per_epoch=1_875))
    to_png(duration_curve(np.zeros(iterations), per_epoch=1_875))


def test_a_run_that_broke_is_drawn_as_far_as_it_has_numbers() -> None:
    losses = np.linspace(1, 3, 400)
    losses[-2:] = np.inf, np.nan
    low, high = axes_of(loss_curves({"generator": losses}, per_epoch=100)).get_ylim()
    assert low < 1.1
    assert 2.9 < high < 3.5


@pytest.mark.parametrize("losses", [np.zeros(0), np.full(3, np.nan)])
def test_nothing_to_draw_is_refused_in_one_line(losses: np.ndarray) -> None:
    with pytest.raises(BadInput, match="no iterations with numbers"):
        loss_curves({"generator": losses}, per_epoch=10)


def test_evaluations_stand_at_their_epochs() -> None:
    epochs = np.array([1, 2, 2.5])
    scores = {"training": np.array([0.86, 0.83, 0.81]), "test": np.array([0.87, 0.84, 0.81])}
    assert line(evaluation_curves("accuracy", epochs, scores), "test")[0] == pytest.approx(epochs)


def test_one_evaluation_is_a_point_at_a_whole_epoch() -> None:
    figure = evaluation_curves("accuracy", np.array([1]), {"test": np.array([0.5])})
    to_svg(figure)
    low, high = axes_of(figure).get_xlim()
    assert [tick for tick in axes_of(figure).get_xticks() if low <= tick <= high] == [1]


def test_an_advantage_is_drawn_at_its_epochs_from_nought_up() -> None:
    axes = axes_of(advantage_curve(np.repeat([1.0, 2.0, 3.0], 1_000), per_epoch=1_000))
    (drawn,) = axes.lines
    assert np.interp([0.5, 1.5, 2.5], drawn.get_xdata(), drawn.get_ydata()) == pytest.approx([1, 2, 3])
    assert len(drawn.get_xdata()) <= 1_000
    assert axes.get_ylim()[0] == 0
