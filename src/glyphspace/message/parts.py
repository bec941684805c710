"""The connected parts of drawings, all at once.

SciPy numbers parts too, but importing it takes as long as drawing a short message with all that goes into it.
"""

import numpy as np
from jaxtyping import Bool, Int64


def parts(ink: Bool[np.ndarray, "n h w"]) -> Int64[np.ndarray, " inked"]:
    """For each pixel of ink, in the order of `ink[ink]`, the number of its part: pixels of one share edges.

    Parts are found of runs, the unbroken stretches of ink in a row. Each has a number, that of a run of its part: the
    least that is known. Where two touch, the run of the greater number takes the lesser one, and all follow their runs.
    """
    width = ink.shape[2] + 1
    parted = np.pad(ink, ((0, 0), (0, 1), (0, 1)))  # a blank ends each row, and a row of blanks each drawing
    edges = np.flatnonzero(np.diff(parted.ravel(), prepend=False))
    starts, stops = edges[::2], edges[1::2]
    first = np.searchsorted(stops, starts - width, side="right")  # of the runs above that it touches
    touched = np.searchsorted(starts, stops - width) - first
    run = np.arange(len(starts)).repeat(touched)
    above = np.arange(len(run)) + (first - touched.cumsum() + touched).repeat(touched)
    numbers, before = np.arange(len(starts)), np.arange(0)
    while not np.array_equal(numbers, before):
        before = numbers.copy()
        one, other = numbers[run], numbers[above]
        np.minimum.at(numbers, np.maximum(one, other), np.minimum(one, other))
        numbers = numbers[numbers]
    return numbers.repeat(stops - starts)
