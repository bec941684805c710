"""What hidden messages leak: from how many characters, to whom, and how much more labelled latents and means do.

A distinguisher learns from half of the latents and is asked about the other half; chance is 0.5. It has latents, never
the generator. Message latents say random text in the generator's own class frequencies.
"""

import argparse
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from scipy import stats
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from torch import Tensor

from glyphspace.core.randomness import derive_seed, stream
from glyphspace.latent.decode import z_dim
from glyphspace.latent.labelled import label
from glyphspace.latent.means import mean_latents
from glyphspace.latent.prior import normal
from glyphspace.latent.sampling import sample
from glyphspace.message.compose import compose
from glyphspace.message.hidden import hide
from glyphspace.message.layout import LONGEST
from glyphspace.nets import Model
from glyphspace.verbs.pens import reader_for
from glyphspace.zoo import find_model

from .common import interval, machine, parser, save, table

LENGTHS = (1, 3, 10, 30, 100, 300)
ALARMS = 0.05  # of plain latents that are taken for a message
TRIALS = 400


def main() -> None:
    options = parser(__doc__ or "", "hidden")
    options.add_argument("--model", default="digits", help="an unconditional generator (default: digits)")
    options.add_argument("--classifier", help="default: the one that ships")
    options.add_argument("--count", type=int, default=20_000, help="latents of each kind (default: 20000)")
    options.add_argument("--fixed", default="1", help="the character of the fixed text (default: 1)")
    arguments = options.parse_args()
    generator = find_model(arguments.model, "generator")
    reader = reader_for(generator, arguments.classifier)
    where = machine()

    plain = label(generator, reader, normal(arguments.count, z_dim(generator), 1, "plain"))
    others = label(generator, reader, normal(arguments.count, z_dim(generator), 2, "plain"))
    text = "".join(reader.classes[one] for one in others.labels.tolist())
    hidden = hidden_latents(text, generator, reader, seed=3)

    found = {
        "told apart": told_apart(generator, reader, plain.latents, others.latents, hidden, arguments),
        "class from z": class_from_z(plain.latents, plain.labels, others, hidden),
        "fixed text": fixed_text(arguments.fixed, generator, reader, plain, arguments.count // 5),
    }
    save(arguments, where, found)


def hidden_latents(text: str, generator: Model, reader: Model, seed: int) -> Tensor:
    """The latents of messages that together say `text`."""
    parts = [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
    return torch.cat(
        [hide(part, generator, reader, derive_seed(seed, "part", number)).latents for number, part in enumerate(parts)]
    )


def told_apart(
    generator: Model, reader: Model, plain: Tensor, others: Tensor, hidden: Tensor, arguments: argparse.Namespace
) -> dict[str, Any]:
    """How often a distinguisher is right about latents that were chosen in some way, against plain ones."""
    count = len(plain)
    kinds: dict[str, Callable[[], Tensor]] = {
        "plain latents again (what chance looks like)": lambda: others,
        "hidden messages": lambda: hidden,
        **{
            f"labelled latents, certainty ≥ {certainty}": lambda certainty=certainty: (
                sample(generator, reader, count, 5, certainty).latents
            )
            for certainty in (0.9, 0.99, 0.9999)
        },
        "messages of `write`": lambda: written_latents(generator, reader, count),
        "mean latents of labelled ones": lambda: means(generator, reader, count),
    }
    found, rows = {}, []
    for name, draw in kinds.items():
        latents = draw()
        right, asked = distinguish(plain[: len(latents)], latents)
        low, high = interval(right, asked)
        found[name] = {"right": right, "of": asked, "low": low, "high": high}
        rows.append((name, len(latents), f"{right / asked:.4f}", f"{low:.4f} to {high:.4f}"))
        print(f"{name}: {right / asked:.4f} ({low:.4f} to {high:.4f})", flush=True)
    print()
    table(("latents", "of each kind", "told from plain ones", "95% interval"), rows)
    return found


def written_latents(generator: Model, reader: Model, count: int) -> Tensor:
    """Those of messages that were composed to be read, a tenth as many."""
    text = "".join(generator.classes[number % len(generator.classes)] for number in range(min(LONGEST, count // 10)))
    return compose(text, generator, reader, seed=6).message.latents


def means(generator: Model, reader: Model, count: int) -> Tensor:
    """Means of about 50 labelled latents of a class each."""
    labelled = sample(generator, reader, count, 7, 0.9)
    size = 50 * len(generator.classes)
    found = [mean_latents(labelled.take(range(start, start + size))) for start in range(0, count - size + 1, size)]
    return torch.cat([each.latents[each.present] for each in found])


def distinguish(one: Tensor, two: Tensor) -> tuple[int, int]:
    """How many of the second halves a distinguisher that has learned from the first ones gets right, and of how many.

    It is the better, on a fifth of what it learns from, of a linear one, which is given squares and lengths too, and of
    a small network.
    """
    order = torch.randperm(len(one) + len(two), generator=stream(0, "distinguish"))
    latents = torch.cat([one, two])[order].double().numpy()
    kinds = (order >= len(one)).numpy()
    half, kept = len(latents) // 2, len(latents) // 10
    given = np.concatenate([latents, latents**2, np.linalg.norm(latents, axis=1, keepdims=True)], axis=1)
    tried = (
        LogisticRegression(max_iter=300, C=0.01),
        MLPClassifier((64,), early_stopping=True, max_iter=30, random_state=0, alpha=1e-3),
    )
    learned = [fitted(each, given[: half - kept], kinds[: half - kept]) for each in tried]
    best = max(learned, key=lambda each: each.score(given[half - kept : half], kinds[half - kept : half]))
    return int((best.predict(given[half:]) == kinds[half:]).sum()), len(latents) - half


def fitted(model: Any, rows: Any, answers: Any) -> Any:
    """`model` after it has learned; how far it has come by the last step is no matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(rows, answers)


def class_from_z(known: Tensor, labels: Tensor, others: Any, hidden: Tensor) -> dict[str, Any]:
    """What who knows the classes of some latents can read in others: plain ones, and those of messages.

    Message character number i has the class of plain latent number i, so the two are asked the same question.
    """
    found, rows = {}, []
    for count in sorted({min(count, len(known)) for count in (100, 1_000, 10_000, len(known))}):
        learned = fitted(
            MLPClassifier((128,), early_stopping=count >= 1_000, max_iter=60, random_state=0),
            known[:count].double().numpy(),
            labels[:count].numpy(),
        )
        right = [
            int((learned.predict(latents.double().numpy()) == others.labels.numpy()).sum())
            for latents in (others.latents, hidden)
        ]
        spans = [interval(each, len(hidden)) for each in right]
        found[str(count)] = {"plain": right[0], "hidden": right[1], "of": len(hidden), "intervals": spans}
        shown = [f"{n / len(hidden):.4f} ({a:.4f} to {b:.4f})" for n, (a, b) in zip(right, spans, strict=True)]
        rows.append((f"{count:,}", *shown))
    print()
    table(("latents whose class is known", "read in plain latents", "read in hidden messages"), rows)
    most = float(torch.bincount(others.labels).max()) / len(hidden)
    print(f"the commonest class alone is {most:.4f} of them")
    return {**found, "commonest class": most}


def fixed_text(character: str, generator: Model, reader: Model, plain: Any, count: int) -> dict[str, Any]:
    """How often a message of one character again and again is told from plain latents, by its length.

    Two who listen: one knows nothing but the prior, and sees that the mean of the latents is too long; the other knows
    the classes of other latents of this generator, and adds up the log-odds that each shows the character.
    """
    latents = hidden_latents(character * count, generator, reader, seed=9)
    shown = (plain.labels == reader.classes.index(character)).numpy()
    knows = LogisticRegression(max_iter=300, C=0.1).fit(plain.latents.double().numpy(), shown)
    fresh = normal(count, z_dim(generator), 10, "plain")
    found, rows = {}, []
    chance = np.random.default_rng(0)
    for length in LENGTHS:
        powers = []
        limit = stats.chi2(z_dim(generator)).ppf(1 - ALARMS) / length
        lengths = _trials(latents, length, chance, lambda part: float(part.mean(axis=0) @ part.mean(axis=0)))
        powers.append(float((lengths > limit).mean()))
        told, silent = (
            _trials(each, length, chance, lambda part: float(knows.decision_function(part).mean()))
            for each in (latents, fresh)
        )
        powers.append(float((told > np.quantile(silent, 1 - ALARMS)).mean()))
        found[str(length)] = dict(zip(("knows the prior", "knows classes"), powers, strict=True))
        rows.append((length, *(f"{power:.2f}" for power in powers)))
    print()
    table((f"characters, all {character}", "found out by the prior alone", "by known latents"), rows)
    print(f"at {ALARMS:.0%} false alarms: {ALARMS:.2f} is no leak, 1.00 is always found out")
    return found


def _trials(latents: Tensor, length: int, chance: np.random.Generator, score: Callable[[Any], float]) -> Any:
    rows = latents.double().numpy()
    return np.array([score(rows[chance.choice(len(rows), length, replace=False)]) for _ in range(TRIALS)])


if __name__ == "__main__":
    main()
