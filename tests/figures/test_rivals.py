"""Recipes side by side: every seed is drawn, and the mean lies between the runs."""

import numpy as np
import pytest

from glyphspace.core.errors import BadInput
from glyphspace.figures.rivals import Course, Finish, _mean, courses, finishes
from glyphspace.figures.save import to_svg


def course(factor: float, moments: int = 4) -> Course:
    seconds = np.array([1.0, 2.0, 4.0, 8.0])[:moments]
    return Course(seconds * factor, seconds * 100, factor / seconds)


def finish(name: str, is_distance: bool = False) -> Finish:
    return Finish(name, {"one": np.array([0.5, 0.7]), "two": np.array([]), "three": np.array([3.0])}, 0.2, is_distance)


def test_every_recipe_has_a_row_in_every_panel() -> None:
    figure = finishes([finish("Fréchet distance", is_distance=True), *map(finish, ("a", "b", "c"))])
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title(loc="left") for axes in shown] == ["Fréchet distance", "a", "b", "c"]
    assert [tick.get_text() for tick in shown[0].get_yticklabels()] == ["one", "two", "three"]
    assert shown[0].get_xscale() == "log"
    assert to_svg(figure).startswith("<svg")


def test_a_distance_that_is_not_positive_is_drawn_on_a_plain_axis() -> None:
    figure = finishes([Finish("kernel distance", {"one": np.array([-0.1, 0.2])}, None, True)])
    assert figure.axes[0].get_xscale() == "linear"


def test_the_mean_of_runs_lies_between_them_wherever_all_of_them_have_come() -> None:
    runs = [course(1.0), course(1.5, moments=3)]
    at, mean = _mean(runs, "seconds")
    assert at.min() >= 1.5
    assert at.max() <= 6.0
    for run_at, values in ((run.seconds, run.values) for run in runs):
        assert (np.interp(np.log(at), np.log(run_at), np.log(values)) != np.log(mean)).any()
    low, high = (np.exp([np.interp(np.log(at), np.log(r.seconds), np.log(r.values)) for r in runs]) for _ in range(2))
    assert (mean >= low.min(axis=0) - 1e-12).all()
    assert (mean <= high.max(axis=0) + 1e-12).all()


def test_a_recipe_whose_runs_all_failed_is_left_out_of_the_curves() -> None:
    nothing = Course(np.empty(0), np.empty(0), np.empty(0))
    figure = courses("error", {"good": [course(1.0), course(2.0)], "failed": [nothing]}, 0.1)
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["good", "real images"]
    with pytest.raises(BadInput, match="anything to draw"):
        courses("error", {"failed": [nothing]})
