"""Whether what two recipes reach differs by more than seeds do."""

from collections.abc import Sequence

from ....report.verdict import mean, standard_error

SURE = 3  # standard errors: of two equal recipes, three seeds each, the difference is that large one time in 25


def above(ours: Sequence[float], others: Sequence[float]) -> bool | None:
    """Whether ours are higher, by more than chance; None where one seed, or the spread of several, does not tell."""
    if min(len(ours), len(others)) < 2:
        return None
    difference = mean(ours) - mean(others)
    return None if abs(difference) <= SURE * standard_error(ours, others) else difference > 0


def below(ours: Sequence[float], others: Sequence[float]) -> bool | None:
    """The same of lower ones."""
    return above(others, ours)
