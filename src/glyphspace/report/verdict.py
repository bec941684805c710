"""What a document claims, what was found here, and the verdict that follows: computed, never written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.files import Json
from .page import Claim, Table
from .words import NO_BREAK, numeral

HOLDS, IN_PART, FAILS, UNTOLD = "holds", "holds in part", "does not hold", "cannot be told"
MARKS = {True: "✓", False: "✗", None: "?"}


@dataclass(frozen=True)
class Part:
    """One thing that a claim says and that a figure can confirm or refute.

    Attributes:
        says: the statement, in our words.
        reported: the document's figure; may be empty.
        found: ours.
        holds: whether our figure bears the statement out; None where it cannot be told here.
    """

    says: str
    reported: str
    found: str
    holds: bool | None


@dataclass(frozen=True)
class Basis:
    """What the figures of a claim rest on.

    Attributes:
        of: what was measured: the model, its latents, how long it was trained, how much of it was looked at.
        seeds: from how many random seeds that was trained or drawn; 0 where nothing in it is random.
    """

    of: str
    seeds: int

    def __str__(self) -> str:
        words = {0: "no random seed takes part", 1: "1 seed"}.get(self.seeds, f"{self.seeds} seeds")
        return f"Measured on {self.of} ({words})."


@dataclass(frozen=True)
class Verdict:
    """A claim or a question of a document, taken apart.

    Attributes:
        number: its number in our list of claims, "Q" for a question of the assignment.
        where: the section of the document.
        claim: what is claimed or asked, in our words.
        parts: what it comes to; at least one.
        basis: what their figures rest on.
        answer: a sentence or two with the figures in them; needed for a question.
    """

    number: str
    where: str
    claim: str
    parts: tuple[Part, ...]
    basis: Basis
    answer: str = ""

    @property
    def verdict(self) -> str:
        """From the parts alone: `UNTOLD` when most of them cannot be told, else by those that can."""
        told = [part.holds for part in self.parts if part.holds is not None]
        if 2 * len(told) < len(self.parts) or not told:
            return UNTOLD
        return HOLDS if all(told) else FAILS if not any(told) else IN_PART

    def block(self) -> Claim:
        """The claim as a block of a page."""
        rows = tuple((p.says, p.reported or "—", p.found, MARKS[p.holds]) for p in self.parts)
        table = Table(("", "in the document", "here", "holds"), rows, align="llll")
        told = f"{self.answer} {self.basis}".lstrip()
        return Claim(self.number, self.where, self.claim, self.verdict, told, table)

    def as_json(self) -> Json:
        """The claim, its parts and the verdict as plain tables."""
        parts = [{"says": p.says, "reported": p.reported, "found": p.found, "holds": p.holds} for p in self.parts]
        return {
            "number": self.number,
            "where": self.where,
            "claim": self.claim,
            "verdict": self.verdict,
            "answer": self.answer,
            "measured": str(self.basis),
            "seeds": self.basis.seeds,
            "parts": parts,
        }


def mean(values: Sequence[float | int]) -> float:
    """The mean of one or more values."""
    return float(np.mean(values))


def number(value: float | int | None, written: str = ".3g") -> str:
    """A number with a minus sign of its own and never "−0"; "no number" for None."""
    return "no number" if value is None else numeral(value, written)


def spread(values: Sequence[float | int], written: str = ".3g") -> str:
    """The mean of some values and, of more than one, the standard deviation between them: "0.71 ± 0.02 (3)"."""
    if len(values) < 2:
        return number(mean(values), written)
    deviation = float(np.std(values, ddof=1))
    return f"{number(mean(values), written)}{NO_BREAK}±{NO_BREAK}{deviation:{written}} ({len(values)})"
