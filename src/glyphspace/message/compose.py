"""Composing: a latent for each character of a text, such that anybody reads it as intended.

Candidates are drawn for each character, and read by a classifier. One is good when the classifier is certain enough of
what it was to be, and no other class comes near; a second, independent classifier, if there is one, must agree. Of a
few good ones the most typical is taken. No two of a message's characters are the same candidate.
"""

import math
from collections import Counter
from dataclasses import dataclass

import torch
from jaxtyping import UInt8
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..latent.labelled import check_pair
from ..nets.fingerprint import fingerprint
from ..nets.model import Model
from .alphabet import spell
from .candidates import candidates
from .hand import Hand, anew
from .message import Message
from .scrutiny import Conditions, Examiner, Latents, Limits, Scores

STUBBORN = 20  # candidates seen for each that is wanted, until half as much is asked of their class
PATIENCE = 20_000  # candidates that are drawn before a class is given up


@dataclass(frozen=True, eq=False)
class Composition:
    """A message, the text that it says, and its drawings uint8 [n, 28, 28]."""

    message: Message
    text: str
    images: UInt8[Tensor, "n 28 28"]


def compose(
    text: str,
    generator: Model,
    classifier: Model,
    seed: int,
    second: Model | None = None,
    hand: Hand | None = None,
    model: str = "",
    progress: Progress = silent,
) -> Composition:
    """The message that says `text`; the same latents for equal text, seed and models, on any machine.

    Args:
        text: characters that the generator can write, spaces and line breaks; it is made `tidy` first.
        second: an independent classifier that must agree with the first.
        hand: how it is written; by default anew for each character.
        model: what the message calls the generator; by default its architecture and dataset.
        progress: told of the good candidates found.

    Raises:
        BadInput: the text is empty, too long or has characters that the generator does not draw; the classifiers do
            not know its classes; or a character is drawn too rarely as well as is asked.
    """
    for reader in filter(None, (classifier, second)):
        check_pair(generator, reader)
    hand = hand or anew()
    spelling = spell(text, generator.classes)
    labels = torch.tensor([classifier.classes.index(name) for name in spelling.classes])
    examiner = Examiner(generator, classifier, second)
    found = _search(examiner, Counter(labels.tolist()), hand, seed, progress)
    places = {label: iter(found.of_class(label)) for label in labels.unique().tolist()}
    order = torch.tensor([next(places[label]) for label in labels.tolist()])
    message = Message(
        found.latents[order],
        spelling.layout,
        model or f"{generator.architecture} on {generator.dataset}",
        fingerprint(generator),
        generator.classes,
        None if found.conditions is None else found.conditions[order],
    )
    return Composition(message, spelling.text, found.images[order])


@dataclass(frozen=True, eq=False)
class _Found:
    """Candidates, and what they show."""

    latents: Latents
    conditions: Conditions
    images: UInt8[Tensor, "n 28 28"]
    scores: Scores

    def of_class(self, label: int) -> list[int]:
        return (self.scores.labels == label).nonzero().flatten().tolist()

    def take(self, rows: Tensor) -> "_Found":
        told = None if self.conditions is None else self.conditions[rows]
        return _Found(self.latents[rows], told, self.images[rows], self.scores.take(rows))


def _search(examiner: Examiner, counts: Counter[int], hand: Hand, seed: int, progress: Progress) -> _Found:
    """As many candidates of each class as `counts` says, each the most typical of a few good ones."""
    limits = Limits(math.log(hand.certainty / (1 - hand.certainty)), hand.margin)
    more = candidates(examiner.generator, examiner.classes, hand, seed)
    wanted = {label: count * hand.choices for label, count in sorted(counts.items())}
    short, drawn, parts = wanted, 0, []
    seen: Counter[int] = Counter()
    while short:
        latents, conditions, asked = more(short)
        drawn += len(latents)
        images, scores = examiner.look(latents, conditions, asked)
        eased = torch.tensor([_ease(seen[label], wanted.get(label, 0)) for label in scores.labels.tolist()])
        seen.update(scores.labels.tolist())
        good = examiner.good(latents, conditions, scores, limits, eased)
        good &= torch.isin(scores.labels, torch.tensor(list(short)))
        parts.append(_Found(latents, conditions, images, scores).take(good.nonzero().flatten()))
        have = sum((Counter(part.scores.labels.tolist()) for part in parts), Counter[int]())
        short = {label: missing for label, count in wanted.items() if (missing := count - have[label]) > 0}
        _refuse_the_hopeless(short, wanted, have, drawn, hand, examiner.classes)
        progress(sum(min(have[label], count) for label, count in wanted.items()), sum(wanted.values()))
    everything = _join(parts)
    first = torch.tensor([row for label, count in wanted.items() for row in everything.of_class(label)[:count]])
    found = everything.take(first)
    return found.take(examiner.most_typical(found.latents, found.conditions, found.scores, hand.choices))


def _ease(seen: int, wanted: int) -> float:
    """The share of the limits that a class must keep of which so many were seen: some are never sure, as an I is."""
    return 0.5 ** (seen // (STUBBORN * (wanted + 2)))


def _refuse_the_hopeless(
    short: dict[int, int],
    wanted: dict[int, int],
    have: Counter[int],
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


def _join(parts: list[_Found]) -> _Found:
    told = [part.conditions for part in parts if part.conditions is not None]
    return _Found(
        torch.cat([part.latents for part in parts]),
        torch.cat(told) if told else None,
        torch.cat([part.images for part in parts]),
        Scores.join([part.scores for part in parts]),
    )
