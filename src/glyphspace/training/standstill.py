"""Whether a discriminator has won: one that is right about everything teaches its generator next to nothing.

It happens to `gan-reference` where the first weights are unlucky: then the generator draws one blot, for all of its
five epochs (benchmarks/reference_quality.py).
"""

from .history import History
from .objectives import Objective, cross_entropy, probable_cross_entropy

LAST = 500  # steps that are looked at
RIGHT = 0.99  # of real and of generated images, on average over these steps


def standstill(objective: Objective, history: History) -> str | None:
    """What to say of a GAN's training whose discriminator has won; None of any other.

    Only of cross-entropy: critics that are asked for a distance, or for a margin, may be right and still teach.
    """
    rows = history.rows()
    if objective.discriminator not in (cross_entropy, probable_cross_entropy) or len(rows) < LAST:
        return None
    real, fake = (float(history.column(f"{side}_accuracy")[-LAST:].mean()) for side in ("real", "fake"))
    if min(real, fake) < RIGHT:
        return None
    return (
        f"the discriminator was right about {real:.1%} of real and {fake:.1%} of generated images in the last {LAST} "
        "steps, from which a generator learns next to nothing; look at the samples, and begin with another --seed"
    )
