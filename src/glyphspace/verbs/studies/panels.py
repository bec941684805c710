"""Panels that compare recipes, with the line of real images where it leaves the recipes apart."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from ...figures.rivals import Finish

LEAST = 0.25  # of the axis: what the dots must keep of it for the line to be drawn
DECADES = 3.0  # times: distances that are so far apart are drawn on a logarithmic axis


def panel(
    title: str, values: Mapping[str, Float[np.ndarray, " seeds"]], real: float | None = None, is_distance: bool = False
) -> Finish:
    """A panel of `finishes`, without the line of real images where the axis would reach to it past all the dots."""
    dots = np.concatenate(list(values.values()))
    ends = dots if real is None else np.append(dots, real)
    scale = np.log if is_distance and ends.min() > 0 else np.asarray
    kept = real is None or float(np.ptp(scale(dots))) >= LEAST * float(np.ptp(scale(ends)))
    shown = ends if kept else dots
    return Finish(title, values, real if kept else None, is_distance and bool(shown.max() > DECADES * shown.min()))
