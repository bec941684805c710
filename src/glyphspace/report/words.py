"""Numbers as people read them, and datasets by the names that people know."""

from collections.abc import Sequence

from ..core import words
from ..data.catalogue import catalogue

NO_BREAK = "\u00a0"


def percent(share: float, decimals: int = 1) -> str:
    """A share in [0, 1] as "97.8%"; only the whole is 100%."""
    rounded = round(100 * share, decimals)
    return f"{min(rounded, 100 - 10**-decimals) if share < 1 else rounded:.{decimals}f}%"


def duration(seconds: float) -> str:
    """Seconds as people say them, in one piece."""
    return words.duration(seconds).replace(" ", NO_BREAK)


def numeral(value: float, written: str) -> str:
    """A number as this format writes it, with a minus sign of its own, and never "−0.00"."""
    text = format(value, written)
    return text.removeprefix("-") if set(text) <= set("-0.,%") else text.replace("-", "−")


def epochs(steps: int, per_epoch: int) -> str:
    """Steps as epochs: "0.05", "1.3", "12"."""
    return f"{steps / per_epoch:.2g}" if steps < 10 * per_epoch else f"{steps / per_epoch:.0f}"


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *rest, last = items
    return f"{', '.join(rest)} and {last}" if rest else last


def title_of(dataset: str) -> str:
    """The short title of a dataset of the catalogue, or what it is called here."""
    return catalogue[dataset].title.partition(":")[0] if dataset in catalogue else dataset
