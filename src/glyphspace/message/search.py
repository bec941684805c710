"""The search for good drawings of each class, decided alike on every machine.

The more candidates of a class were seen in vain, the less is asked of it; the best of those seen are taken.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Int64, UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress
from .candidates import candidates
from .hand import Hand
from .scrutiny import SHARES, Conditions, Examiner, Latents, Limits, Scores

LEAST, EACH = 50, 2  # candidates of a class that are seen, in all and for each one wanted, until less is asked of it
PATIENCE = 20_000  # candidates that are drawn before a class is given up


@dataclass(frozen=True, eq=False)
class Found:
    """Candidates, what they show, and how far the limits must be eased for each."""

    latents: Latents
    conditions: Conditions
    images: UInt8[Tensor, "n 28 28"]
    scores: Scores
    levels: Int64[Tensor, " n"]

    def of_class(self, label: int) -> Int64[Tensor, " k"]:
        """The rows that show a class, the best first, and as they were drawn where they are as good."""
        rows = (self.scores.labels == label).nonzero().flatten()
        return rows[self.levels[rows].argsort(stable=True)]

    def take(self, rows: Tensor) -> "Found":
        told = None if self.conditions is None else self.conditions[rows]
        return Found(self.latents[rows], told, self.images[rows], self.scores.take(rows), self.levels[rows])


def search(examiner: Examiner, counts: Counter[int], hand: Hand, seed: int, progress: Progress) -> Found:
    """As many candidates of each class as `counts` says, each the most typical of a few good ones."""
    limits = Limits(math.log(hand.certainty / (1 - hand.certainty)), hand.margin)
    more = candidates(examiner.generator, examiner.classes, hand, seed)
    wanted = {label: count * hand.choices for label, count in sorted(counts.items())}
    effort = {label: _Effort(count) for label, count in wanted.items()}
    short, drawn, parts = wanted, 0, []
    while short:
        latents, conditions, asked = more({label: effort[label].next(missing) for label, missing in short.items()})
        drawn += len(latents)
        images, scores = examiner.look(latents, conditions, asked)
        levels = examiner.levels(latents, conditions, scores, limits)
        for label, seen in Counter(scores.labels.tolist()).items():
            if label in effort:
                effort[label].seen += seen
        useful = (levels < len(SHARES)) & torch.isin(scores.labels, torch.tensor(list(short)))
        parts.append(Found(latents, conditions, images, scores, levels).take(useful.nonzero().flatten()))
        have = {label: _good_enough(parts, label, effort[label].level) for label in wanted}
        short = {label: missing for label, count in wanted.items() if (missing := count - have[label]) > 0}
        _refuse_the_hopeless(short, wanted, have, drawn, hand, examiner.classes)
        progress(sum(min(have[label], count) for label, count in wanted.items()), sum(wanted.values()))
    everything = _join(parts)
    first = torch.cat([everything.of_class(label)[:count] for label, count in wanted.items()])
    found = everything.take(first)
    return found.take(examiner.most_typical(found.latents, found.conditions, found.scores, hand.choices))


@dataclass
class _Effort:
    """What is done for one class of which `wanted` candidates are needed: the more were seen, the less is asked."""

    wanted: int
    seen: int = 0

    @property
    def step(self) -> int:
        """Candidates until less is asked."""
        return max(LEAST, EACH * self.wanted)

    @property
    def level(self) -> int:
        return min(self.seen // self.step, len(SHARES) - 1)

    def next(self, missing: int) -> int:
        """How many to draw next: as many as would do if they were as good as those seen, and not past the next step."""
        if not self.seen:
            return missing
        many = min(-(-missing * self.seen // max(self.wanted - missing, 1)), 2 * self.seen)
        return many if self.level == len(SHARES) - 1 else min(many, self.step - self.seen % self.step)


def _good_enough(parts: Sequence[Found], label: int, level: int) -> int:
    return sum(int(((part.scores.labels == label) & (part.levels <= level)).sum()) for part in parts)


def _refuse_the_hopeless(
    short: dict[int, int],
    wanted: dict[int, int],
    have: Mapping[int, int],
    drawn: int,
    hand: Hand,
    classes: tuple[str, ...],
) -> None:
    """Give up when a class comes so rarely that a hundred times as many candidates as are wanted would not do."""
    limit = PATIENCE + 100 * sum(wanted.values())
    for label in short:
        if drawn >= PATIENCE and have[label] * limit < wanted[label] * drawn:
            raise BadInput(
                f"only {have[label]:,} of {drawn:,} samples are taken for {classes[label]!r} with certainty "
                f"{hand.certainty:.2g}; ask for less neatness, "
                f"{'turn the hand less, ' if hand.turn is not None else ''}or use a generator that was trained longer"
            )


def _join(parts: list[Found]) -> Found:
    told = [part.conditions for part in parts if part.conditions is not None]
    return Found(
        torch.cat([part.latents for part in parts]),
        torch.cat(told) if told else None,
        torch.cat([part.images for part in parts]),
        Scores.join([part.scores for part in parts]),
        torch.cat([part.levels for part in parts]),
    )
