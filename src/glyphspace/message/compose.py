"""Composing: a latent for each character of a text, such that anybody reads it as intended.

Many latents are drawn for each character and labelled. The half that the classifier is surest of are kept, and of
these the half whose features are nearest to their mean: what is sure but odd falls out. The message takes as many as
it needs of those, at random, so that no two of its characters are the same drawing.
"""

from collections import Counter
from collections.abc import Sequence

import torch
from jaxtyping import Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..core.randomness import stream
from ..latent.labelled import LabelledLatents, check_pair
from ..latent.sampling import Wish, search
from ..metrics.features import extract
from ..nets.model import Model
from .fingerprint import fingerprint
from .layout import layout_of, tidy
from .message import Message

CERTAINTY = 0.8
MARGIN = 0.1  # a label by less could be another one once the latent is decoded alone: the last bits of a sum differ
CHOICE = 8  # latents that a class has left over when the last one is taken


def compose(
    text: str,
    generator: Model,
    classifier: Model,
    seed: int,
    certainty: float = CERTAINTY,
    model: str = "",
    progress: Progress = silent,
) -> Message:
    """The message that says `text`; the same for equal text, seed and models.

    Args:
        text: characters that are classes of the generator, spaces and line breaks; it is made `tidy` first.
        certainty: what the classifier must have at least of each character.
        model: what the message calls the generator; by default its architecture and dataset.
        progress: told of the latents found.

    Raises:
        BadInput: the text is empty, too long or has characters that the generator does not draw; or a character is
            drawn too rarely with this certainty.
    """
    check_pair(generator, classifier)
    text = tidy(text)
    layout = layout_of(text)
    labels = torch.tensor(_labels("".join(text.split()), generator.classes, classifier.classes))
    counts = Counter(labels.tolist())
    wishes = [Wish((label,), 4 * (count + CHOICE)) for label, count in sorted(counts.items())]
    pool = search(generator, classifier, wishes, seed, "message", certainty, MARGIN, progress=progress)
    latents = torch.empty(len(labels), pool.latents.shape[1])
    for label, count in counts.items():
        good = most_typical(surest(pool.of_class(label)), classifier)
        order = torch.randperm(len(good), generator=stream(seed, "message", "choice", label))
        latents[labels == label] = good.latents[order[:count]]
    name = model or f"{generator.architecture} on {generator.dataset}"
    return Message(latents, layout, name, fingerprint(generator), generator.classes)


def surest(labelled: LabelledLatents) -> LabelledLatents:
    """The half of `labelled` that has the largest certainty."""
    return _first_half(labelled, labelled.certainty.argsort(descending=True, stable=True))


def most_typical(labelled: LabelledLatents, classifier: Model) -> LabelledLatents:
    """The half of `labelled`, all of one class, whose classifier features are nearest to their mean."""
    features = extract(classifier.net, labelled.images)
    return _first_half(labelled, (features - features.mean(dim=0)).norm(dim=1).argsort(stable=True))


def _first_half(labelled: LabelledLatents, order: Int64[Tensor, " n"]) -> LabelledLatents:
    return labelled.take(order[: (len(labelled) + 1) // 2])


def _labels(characters: str, drawn: Sequence[str], known: Sequence[str]) -> list[int]:
    """The classifier's label of each character; `BadInput` names those that are not `drawn`."""
    strange = [character for character in dict.fromkeys(characters) if character not in drawn]
    if strange:
        names = ", ".join(map(repr, strange[:10])) + (" and others" if len(strange) > 10 else "")
        raise BadInput(f"{names} cannot be written with this generator; it can write {repertoire(drawn)}")
    return [known.index(character) for character in characters]


def repertoire(classes: Sequence[str]) -> str:
    """The characters among `classes`, for people: "0-9, A-Z, a, b and spaces"."""
    codes = sorted(ord(name) for name in classes if len(name) == 1)
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        parts += [f"{chr(start)}-{chr(end)}"] if end - start > 1 else [chr(code) for code in range(start, end + 1)]
    return f"{', '.join(parts)} and spaces" if parts else "no characters at all"
