"""Samples of a generator: latents drawn until enough are what was asked for, or until it is plain that few will be."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from ..core.errors import BadInput, UnknownName
from ..core.progress import Progress, silent
from ..nets.model import Model
from .decode import condition_dim, z_dim
from .labelled import LabelledLatents, check_pair, join, label, label_asked
from .prior import priors

PATIENCE = 20_000  # latents that are drawn before a search is given up
AT_ONCE = 2_000


@dataclass(frozen=True)
class Wish:
    """So many latents with one of these labels."""

    labels: tuple[int, ...]
    count: int


def sample(
    generator: Model,
    classifier: Model,
    count: int,
    seed: int,
    certainty: float = 0.0,
    classes: Sequence[str] | None = None,
    prior: str = "normal",
    progress: Progress = silent,
) -> LabelledLatents:
    """`count` latents of `generator` that `classifier` labels with at least this certainty.

    A conditional generator is asked for each class, and its images are taken on trust: `certainty` is then the
    probability that the classifier must give at least to the class asked for.

    Args:
        certainty: in [0, 1].
        classes: names of the classes to sample, in equal numbers (the first have one more where that is uneven) and
            in this order; None takes the latents as they come, or all classes of a conditional generator.
        prior: what latents are drawn from, a name in `priors`.
        progress: told of the latents found.

    Raises:
        BadInput: nothing is asked for, or the generator hardly ever draws what is.
        UnknownName: there is no such class or prior.
    """
    known = classifier.classes
    if count < 1:
        raise BadInput(f"{count} samples cannot be drawn; ask for 1 or more")
    if condition_dim(generator) and classes is None:
        check_pair(generator, classifier)
        classes = generator.classes
    if classes is None:
        wishes = [Wish(tuple(range(len(known))), count)]
    else:
        labels = [_label_of(name, known) for name in dict.fromkeys(classes)]
        wishes = [Wish((one,), count // len(labels) + (i < count % len(labels))) for i, one in enumerate(labels)]
    if condition_dim(generator):
        return _ask(generator, classifier, wishes, seed, certainty, prior, progress)
    return search(generator, classifier, wishes, seed, "samples", certainty, prior=prior, progress=progress)


def search(
    generator: Model,
    classifier: Model,
    wishes: Sequence[Wish],
    seed: int,
    draw: str,
    certainty: float,
    margin: float = 0.0,
    prior: str = "normal",
    progress: Progress = silent,
) -> LabelledLatents:
    """The first latents of the draw called `draw` that grant each of `wishes`, one wish after the other.

    Args:
        wishes: each for labels of its own.
        certainty, margin: what each label must have at least.

    Raises:
        BadInput: a certainty that cannot be, no wishes, or one that is granted too rarely.
    """
    total = _check(wishes, certainty)
    seen = torch.zeros(len(classifier.classes), dtype=torch.int64)
    parts: list[LabelledLatents] = []
    drawn = 0
    while short := [wish for wish in wishes if _found(wish, seen) < wish.count]:
        _refuse_the_hopeless(short, seen, drawn, PATIENCE + 100 * total, certainty, classifier.classes)
        missing = sum(wish.count - _found(wish, seen) for wish in short)
        size = min(max(missing, AT_ONCE // 10), AT_ONCE)
        latents = priors[prior](size, z_dim(generator), seed, draw, start=drawn)
        drawn += size
        wanted = [one for wish in short for one in wish.labels]
        parts.append(label(generator, classifier, latents).above(certainty, margin).of_class(*wanted))
        seen += torch.bincount(parts[-1].labels, minlength=len(seen))
        progress(sum(min(_found(wish, seen), wish.count) for wish in wishes), total)
    found = join(parts)
    return join([found.of_class(*wish.labels).take(range(wish.count)) for wish in wishes])


def _ask(
    generator: Model,
    classifier: Model,
    wishes: Sequence[Wish],
    seed: int,
    certainty: float,
    prior: str,
    progress: Progress,
) -> LabelledLatents:
    """The first latents of each wish's one class that grant it; they do not depend on the other wishes."""
    total = _check(wishes, certainty)
    parts: list[LabelledLatents] = []
    seen = torch.zeros(len(classifier.classes), dtype=torch.int64)
    for wish in wishes:
        (asked,) = wish.labels
        drawn = 0
        while (missing := wish.count - _found(wish, seen)) > 0:
            _refuse_the_hopeless([wish], seen, drawn, PATIENCE + 100 * total, certainty, classifier.classes)
            size = min(max(missing, AT_ONCE // 10 if certainty else 1), AT_ONCE)
            latents = priors[prior](size, z_dim(generator), seed, "samples", classifier.classes[asked], start=drawn)
            drawn += size
            part = label_asked(generator, classifier, latents, torch.full((size,), asked))
            granted = (part.probabilities[:, asked] >= certainty).nonzero().flatten()[:missing]
            parts.append(part.take(granted))
            seen[asked] += len(granted)
            progress(int(seen.sum()), total)
    return join(parts)


def _check(wishes: Sequence[Wish], certainty: float) -> int:
    """How many latents are wished for."""
    if not 0 <= certainty <= 1:
        raise BadInput(f"a certainty lies between 0 and 1; {certainty:g} does not")
    total = sum(wish.count for wish in wishes)
    if not total:
        raise BadInput("no samples were asked for: name at least one class")
    return total


def _found(wish: Wish, seen: torch.Tensor) -> int:
    return int(seen[list(wish.labels)].sum())


def _refuse_the_hopeless(
    short: Sequence[Wish], seen: torch.Tensor, drawn: int, limit: int, certainty: float, classes: tuple[str, ...]
) -> None:
    """Give up when a wish comes so rarely that `limit` latents would not do."""
    for wish in short:
        found = _found(wish, seen)
        if drawn >= PATIENCE and found * limit < wish.count * drawn:
            what = repr(classes[wish.labels[0]]) if len(wish.labels) == 1 else "any class"
            how = f" with certainty {certainty:g}; ask for less, or" if certainty else ";"
            raise BadInput(
                f"only {found:,} of {drawn:,} samples are taken for {what}{how} use a generator that was trained longer"
            )


def _label_of(name: str, classes: tuple[str, ...]) -> int:
    if name not in classes:
        raise UnknownName("class", name, classes)
    return classes.index(name)
