"""How long a training takes: a few of its steps are timed."""

import time

from .interrupt import Interrupted, never
from .loop import Training, steps_apart

WARM, TIMED = 5, 32  # steps before, and in, the timing; lazy penalties come every 16th step or so


def steps_within(minutes: float, training: Training, interrupted: Interrupted = never) -> int:
    """How many steps, with the evaluations between them, take so long on this machine as it is now.

    The steps that are timed are taken: `training` is not what it was.

    Raises:
        KeyboardInterrupt: it was interrupted; of the run there is nothing yet that could be gone on with.
    """
    for step in range(WARM + TIMED):
        if step == WARM:
            began = time.perf_counter()
        training.advance(step, 0.0).cpu()
        if interrupted():
            raise KeyboardInterrupt
    stepping = (time.perf_counter() - began) / TIMED
    began = time.perf_counter()
    training.evaluate()
    evaluating = (time.perf_counter() - began) / steps_apart(training.batches.steps_per_epoch)
    return max(1, round(60 * minutes / (stepping + evaluating)))
