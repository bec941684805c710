"""What counts as a difference: the one rule by which every study tells recipes apart, and figures from a bound."""

from collections.abc import Iterable, Sequence

import numpy as np

SURE = 4  # standard errors: three equal seeds on either side are so far apart, one way, by chance one time in a hundred
LEAST = 0.05  # of what is compared with: a difference that is surely smaller is none

RULE = (
    "One rule judges every part. A figure against a bound: ✓ or ✗ where all seeds lie on the same side of it, ? where "
    f"they do not. One recipe against another: ✓ where its mean is better by more than {SURE} standard errors; ✗ where "
    f"it is worse by as much, or where, with as many to spare, it is not better by as little as {LEAST:.0%} of what it "
    "is compared with (of the error, where accuracies are compared); ? in between, and wherever a side has one seed or "
    "nets that have not learned to draw yet."
)


def above(ours: Sequence[float], others: Sequence[float]) -> bool | None:
    """Whether `ours` are higher than `others`: by more than chance, or surely not by a difference that counts.

    None where the seeds do not tell, as one alone never does.
    """
    if min(len(ours), len(others)) < 2:
        return None
    more, reach = float(np.mean(ours) - np.mean(others)), SURE * _standard_error(ours, others)
    if more > reach:
        return True
    return False if more + reach <= LEAST * abs(float(np.mean(others))) else None


def below(ours: Sequence[float], others: Sequence[float]) -> bool | None:
    """The same of lower ones."""
    return above([-each for each in ours], [-each for each in others])


def differ(ours: Sequence[float], others: Sequence[float]) -> bool | None:
    """Whether `ours` are higher or lower than `others`, by the same rule."""
    told = {above(ours, others), below(ours, others)}
    return True if True in told else False if told == {False} else None


def agreed(answers: Iterable[bool]) -> bool | None:
    """What all seeds answer; None where they disagree, or there are none."""
    told = set(answers)
    return told.pop() if len(told) == 1 else None


def errors(accuracies: Sequence[float]) -> list[float]:
    """What accuracies leave to be desired, by which they are compared."""
    return [1 - accuracy for accuracy in accuracies]


def _standard_error(ours: Sequence[float], others: Sequence[float]) -> float:
    """Of the difference between the means of two samples, of two or more each (Welch, 1947)."""
    return float(np.var(ours, ddof=1) / len(ours) + np.var(others, ddof=1) / len(others)) ** 0.5
