"""The line of real images stays where it leaves the recipes apart, and goes where it would press them together."""

import numpy as np

from glyphspace.verbs.studies.panels import panel


def test_a_line_far_off_is_left_out_and_a_near_one_is_drawn() -> None:
    early = {"a": np.array([88.7, 89.4]), "b": np.array([83.5, 84.2])}
    assert panel("Fréchet distance", early, 2.1, is_distance=True).floor is None
    assert panel("coverage", {"a": np.array([0.01]), "b": np.array([0.012])}, 0.93).floor is None
    assert panel("coverage", {"a": np.array([0.5]), "b": np.array([0.8])}, 0.93).floor == 0.93


def test_distances_are_logarithmic_where_they_are_far_apart() -> None:
    far = {"a": np.array([0.001, 0.002]), "b": np.array([0.9])}
    assert panel("slope", far, 1.0, is_distance=True).is_distance
    assert not panel("distance", {"a": np.array([80.0]), "b": np.array([90.0])}, 2.0, is_distance=True).is_distance
    assert panel("kernel distance", {"a": np.array([-0.1, 5.0])}, 0.0, is_distance=True).floor == 0.0
