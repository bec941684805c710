"""Curves of training: losses, accuracies, durations, and what each epoch's evaluation said."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float, Real
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..core.errors import BadInput
from .style import BLUE, colour, legend_above, new_figure, styled

PerIteration = Mapping[str, Float[np.ndarray, " iterations"]]

_HEIGHT = 2.5  # inches
_STEPS = (1, 2, 2.5, 5, 10)  # between marks of an axis
_COLUMNS = 500  # a curve of raw values is thinned to what a screen of so many columns would show


@styled
def loss_curves(losses: PerIteration, per_epoch: int, window: int = 100) -> Figure:
    """Losses over epochs: means of `window` iterations in front of the raw values.

    Args:
        losses: the loss of each iteration, by what it is called ("generator", "discriminator").
        per_epoch: iterations per epoch.
        window: iterations averaged; fewer when the run is too short to show eight means.
    """
    return _over_iterations("loss", losses, per_epoch, window)


@styled
def accuracy_curves(accuracies: PerIteration, per_epoch: int, window: int = 100) -> Figure:
    """Accuracies in [0, 1] over epochs, drawn as `loss_curves` draws losses.

    `accuracies` are those of a discriminator on "real" and on "fake", or of a classifier.
    """
    return _over_iterations("accuracy", accuracies, per_epoch, window)


@styled
def advantage_curve(advantage: Float[np.ndarray, " iterations"], per_epoch: int) -> Figure:
    """The discriminator's advantage at each iteration, over epochs: the updates it has for each of the generator."""
    figure = new_figure(_HEIGHT * 0.75)
    axes = _epoch_axes(figure, "updates of the discriminator for each of the generator")
    at = np.arange(0, len(advantage), max(1, len(advantage) // _COLUMNS))
    axes.plot(at / per_epoch, advantage[at], color=BLUE, linewidth=1.2, drawstyle="steps-post")
    axes.set_xlim(0, len(advantage) / per_epoch)
    axes.set_ylim(0, 1.08 * float(advantage.max()))
    return figure


@styled
def duration_curve(seconds: Float[np.ndarray, " iterations"], per_epoch: int, window: int = 25) -> Figure:
    """Seconds that `window` iterations took, over epochs, from the `seconds` of each."""
    means, epochs, _ = _block_means(seconds, per_epoch, window)
    figure = new_figure(_HEIGHT * 0.75)
    axes = _epoch_axes(figure, f"seconds per {window} iterations")
    axes.plot(epochs, means * window, _line_style(means), color=BLUE, linewidth=1.2)
    axes.set_xlim(0, len(seconds) / per_epoch)
    # One pause of the machine must not press the rest to the ground.
    axes.set_ylim(0, 1.35 * window * float(np.nanpercentile(means, 98)) or 1)
    return figure


@styled
def evaluation_curves(
    quantity: str, epochs: Real[np.ndarray, " points"], scores: Mapping[str, Real[np.ndarray, " points"]]
) -> Figure:
    """One `quantity` as measured at some `epochs`, by what it was measured on ("training", "test")."""
    figure = new_figure(_HEIGHT)
    axes = _epoch_axes(figure, quantity)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True, min_n_ticks=1))
    for position, (label, values) in enumerate(scores.items()):
        axes.plot(epochs, values, "o-", markersize=3.5, color=colour(label, position), label=label)
    legend_above(axes)
    return figure


def _over_iterations(quantity: str, series: PerIteration, per_epoch: int, window: int) -> Figure:
    figure = new_figure(_HEIGHT)
    axes = _epoch_axes(figure, quantity)
    shown: list[float] = []
    for position, (label, values) in enumerate(series.items()):
        means, epochs, averaged = _block_means(values, per_epoch, window)
        at, raw = _thinned(values)
        axes.plot((at + 0.5) / per_epoch, raw, color=colour(label, position), alpha=0.22, linewidth=0.5)
        axes.plot(epochs, means, _line_style(means), color=colour(label, position), label=label)
        axes.set_xlim(0, len(values) / per_epoch)
        axes.set_title(f"{quantity}, mean of {averaged} iterations" if averaged > 1 else quantity)
        # A few raw values far out must not press the rest together; the means are always in sight.
        shown += [*np.percentile(values[np.isfinite(values)], (0.5, 99.5)), *means[np.isfinite(means)]]
    margin = 0.04 * (max(shown) - min(shown)) or 0.1
    axes.set_ylim(min(shown) - margin, max(shown) + margin)
    legend_above(axes)
    return figure


def _epoch_axes(figure: Figure, title: str) -> Axes:
    axes = figure.add_subplot()
    axes.set_title(title)
    axes.set_xlabel("epoch")
    axes.margins(x=0.01)
    axes.grid(axis="y")
    axes.xaxis.set_major_locator(MaxNLocator(8, steps=_STEPS))
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=_STEPS))
    return axes


def _line_style(values: Real[np.ndarray, " n"]) -> str:
    return "-" if len(values) > 1 else "o"  # one value makes no line


def _block_means(
    values: Real[np.ndarray, " n"], per_epoch: int, window: int
) -> tuple[Float[np.ndarray, " blocks"], Float[np.ndarray, " blocks"], int]:
    """Means of whole blocks of values, the epochs at their middles, and the length of a block."""
    if not np.isfinite(values).any():
        raise BadInput("there is no curve to draw: the run has no iterations with numbers yet")
    size = max(1, min(window, len(values) // 8))
    blocks = len(values) // size
    means = values[: blocks * size].reshape(blocks, size).mean(axis=1)
    return means, (np.arange(blocks) + 0.5) * size / per_epoch, size


def _thinned(values: Real[np.ndarray, " n"]) -> tuple[Real[np.ndarray, " k"], Real[np.ndarray, " k"]]:
    """Positions and values of a curve that looks like `values`: the least and the greatest of each screen column."""
    size = len(values) // _COLUMNS
    if size < 3:
        return np.arange(len(values)), values
    columns = values[: len(values) // size * size].reshape(-1, size)
    both = np.stack((columns.min(axis=1), columns.max(axis=1)), axis=1).ravel()
    return np.arange(len(both)) * size / 2, both
