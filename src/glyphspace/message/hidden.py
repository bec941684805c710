"""Hiding: message latents that are no different from latents of nothing, for whoever has not the generator.

Section 4.2 of the assignment "GAN and CNN to conquer MNIST" calls such latents encrypted. They are hidden only if no
choice shows in them. So each latent is drawn from the prior and kept if it shows the class that is wanted, however
well: what comes out has the prior's own distribution given that class. Nothing then is in the latents but the order of
classes, and in the file nothing but the latents. They come from the system's own randomness: the seeds of torch's
generators can all be tried. What still leaks, and to whom, is measured by `benchmarks/hidden.py`.
"""

import secrets
from collections import deque

import numpy as np
import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..latent.decode import condition_dim, z_dim
from ..latent.labelled import check_pair, label
from ..latent.prior import normal
from ..nets.model import Model
from .alphabet import spell
from .layout import GLYPH, Layout
from .message import Message

AT_ONCE = 400
PATIENCE = 20_000  # latents drawn before a class is given up


def hide(
    text: str, generator: Model, classifier: Model, seed: int | None = None, progress: Progress = silent
) -> Message:
    """Latents that show `text` to who has the generator, and nothing to anybody else.

    The message names no generator, and has no spaces, lines or small letters of a capital's class: they would show.

    Args:
        seed: for latents that can be had again, by anybody, who only has to try some four thousand million seeds; None:
            latents that nobody draws again.
        progress: told of the characters found.

    Raises:
        BadInput: the generator is conditional, so that conditions would tell the classes; the text cannot be written
            with it; or a character comes too rarely.
    """
    if condition_dim(generator):
        raise BadInput("a message is hidden in latents alone, and this generator is told the class beside them")
    check_pair(generator, classifier)
    classes = spell(text, generator.classes).classes
    open_places: dict[int, deque[int]] = {}
    for place, name in enumerate(classes):
        open_places.setdefault(classifier.classes.index(name), deque()).append(place)
    latents = torch.empty(len(classes), z_dim(generator))
    drawn, left = 0, len(classes)
    while left:
        batch = (
            unguessable(AT_ONCE, z_dim(generator))
            if seed is None
            else normal(AT_ONCE, z_dim(generator), seed, "hidden", start=drawn)
        )
        drawn += AT_ONCE
        for latent, shown in zip(batch, label(generator, classifier, batch).labels.tolist(), strict=True):
            if places := open_places.get(shown):
                latents[places.popleft()] = latent
                left -= 1
        progress(len(classes) - left, len(classes))
        _refuse_the_hopeless(open_places, drawn, len(classes), classifier.classes)
    return Message(latents, Layout(GLYPH * len(classes)))


def unguessable(count: int, z_dim: int) -> Float32[Tensor, "count z"]:
    """Latents of the normal prior from the randomness that the system keeps for keys, which no seed brings back."""
    drawn = np.frombuffer(secrets.token_bytes(8 * count * z_dim), dtype=np.uint64) >> 11  # 53 bits, as a double holds
    between = (drawn.astype(np.float64) + 0.5) * 2.0**-53  # 0 and 1, and neither of them
    return torch.special.ndtri(torch.from_numpy(between)).float().view(count, z_dim)


def _refuse_the_hopeless(open_places: dict[int, deque[int]], drawn: int, length: int, classes: tuple[str, ...]) -> None:
    rarest = max(open_places, key=lambda shown: len(open_places[shown]))
    if drawn >= PATIENCE + 200 * length and open_places[rarest]:
        raise BadInput(f"this generator draws {classes[rarest]!r} too rarely: {drawn:,} latents were not enough")
