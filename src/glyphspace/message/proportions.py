"""How high each character stands on its line and how far it hangs below, as in handwriting.

A generator draws all characters equally large. On a line, capitals and digits rise to one height; small letters have
their own, and some of them rise or hang. A small letter that has no class of its own is its capital's shape at the
height of small letters.
"""

from dataclasses import dataclass

CAPITAL = 20.0  # height of capitals and digits: the unit of everything on a page is a twentieth of it
SMALL = 0.66  # of that: the height of small letters
WIDEST = {"capital": 1.4, "small": 1.15}  # of the height of capitals: what is wider is drawn smaller as a whole
GAP_OF_WORDS = 0.4  # of that: wider gaps are spaces
STROKE = 0.4  # width of its height: an l that is no wider is drawn as a stroke, which is as high as a capital


@dataclass(frozen=True)
class Proportions:
    """Where a character's ink ends, in page units from the line: `rise` above it, `drop` below; and its widest."""

    rise: float
    drop: float
    widest: float


_RISE = {
    **dict.fromkeys("bdfh", 1.04),
    **dict.fromkeys("kl", 0.8),
    **dict.fromkeys("aceimnorsuvwxzgjpqy", SMALL),
    "t": 0.92,
    "i": 0.76,
}
_DROP = {**dict.fromkeys("gq", 0.4), **dict.fromkeys("pyj", 0.34)}


def proportions(character: str, width_of_height: float = 1.0) -> Proportions:
    """The proportions of `character` whose ink is so wide in terms of its height."""
    rise = _RISE.get(character, 1.0)
    if character == "l" and width_of_height <= STROKE:
        rise = 1.04
    widest = WIDEST["small" if character in _RISE else "capital"]
    return Proportions(rise * CAPITAL, _DROP.get(character, 0.0) * CAPITAL, widest * CAPITAL)
