"""noise: what becomes of labels and of certainty when noise is added to means, to samples, and to embeddings."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Tensor

from ...core.errors import BadInput
from ...core.files import Json
from ...core.progress import Progress, silent
from ...figures.many_lines import many_lines
from ...figures.matrices import matrices
from ...figures.rows import Row, captioned_rows
from ...latent.decode import condition_dim, conditions
from ...latent.given import AnyLatents, given_to, name_of
from ...latent.labelled import LabelledLatents, label, label_asked
from ...latent.means import mean_latents
from ...latent.noise import SIZES, Noise, Shaken, shake, strange_conditions
from ...nets.model import Model
from .findings import Findings
from .subject import Subject, captions, certain, draw, lowered, subject

SHOWN = 10  # images in a row
PAIRS = (("z of samples", "embedding of samples"), ("z from 0", "embedding at z = 0"))
FAR = (0.0, 0.5, 1.0, 2.0, 5.0, 20.0)  # how many times as far from their mean as classes' embeddings


def noise(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    latents: AnyLatents | None = None,
    sizes: Sequence[float] = SIZES,
    law: str = "normal",
    measure: str = "deviation",
    count: int = 2_000,
    centres: int = 200,
    variations: int = 10,
    certainty: float = 0.95,
    seed: int = 0,
    progress: Progress = silent,
) -> Findings:
    """Noise of each size on mean latents, on samples and, of a conditional generator, on embeddings.

    The mean of a conditional generator's latents is z = 0, for each of its classes.
    Section 3.6 of the assignment "GAN and CNN to conquer MNIST"; sections 2.3 and 2.5 of "Training CGAN on MNIST".

    Args:
        latents: to shake in place of samples: float32 [n, z], or a file, text or an .npz that `sample`, `select` or
            `invert` kept. Without conditions, a conditional generator draws each as each of its classes.
        sizes: each 0 or more, in any order.
        law: normal or uniform; measure: whether the size of a normal noise is its deviation or its variance.
        centres: samples that are shaken; variations: of each, for each size. Means are shaken as often as so many
            samples are in all.
        certainty: of the samples, and of those that means are taken of.

    Raises:
        BadInput: no such model or noise, nothing to shake, or latents that do not fit the generator.
    """
    if centres < 1 or variations < 1:
        raise BadInput(f"{variations} variations of {centres} samples show nothing; ask for 1 or more of each")
    about, kind, sizes = subject(model, classifier), Noise(law, measure), sorted(set(sizes))
    threshold, some = certain(draw(about, count, seed, progress=progress), certainty)
    found: dict[str, Shaken] = {}
    samples = some.take(range(min(centres, len(some)))) if latents is None else _given(about, latents)
    places = _places(about, some, samples)
    for place, on, still in places:
        progress(len(found), len(places), place)
        each = variations if still is samples else max(1, variations * centres // len(still))
        found[place] = shake(about.generator, about.classifier, still, kind, sizes, each, seed, on)
    strange = _strange(about, seed) if condition_dim(about.generator) else None
    figures = {
        "kept": _over(found, "share of variations that keep their label", lambda one: one.kept),
        "certainty": _over(found, "mean certainty", lambda one: one.certainty),
        "change": _over(found, "change of the image, root mean square of its pixels", lambda one: one.change),
        **{f"examples-{_slug(place)}": _examples(found[place], still) for place, _, still in places},
        **{f"confusion-{_slug(place)}": _confusions(one, some.classes) for place, one in found.items()},
    }
    numbers: Json = {"classes": some.classes, **{place: _numbers(one) for place, one in found.items()}}
    if strange is not None:
        figures["strange"] = _strange_figure(strange)
        numbers["embeddings of no class"] = _strange_numbers(strange)
    return Findings(
        "noise",
        about.told(
            sizes=sizes,
            law=law,
            measure=measure,
            centres=len(samples),
            variations=variations,
            count=count,
            latents=None if latents is None else name_of(latents),
            certainty=threshold,
            seed=seed,
        ),
        numbers,
        figures,
        summary=(*lowered(certainty, threshold), *map(_line, found, found.values()), *_first(found, some)),
    )


def _given(about: Subject, latents: AnyLatents) -> LabelledLatents:
    """Given latents as they are read; drawn as every class where that is not given."""
    found = given_to(about.generator, latents)
    if condition_dim(about.generator) and found.conditions is None:
        own, given = _own(about), found.latents
        asked = own.repeat(len(given))
        return label_asked(about.generator, about.classifier, given.repeat_interleave(len(own), 0), asked)
    return label(about.generator, about.classifier, found.latents, found.conditions)


def _own(about: Subject) -> Tensor:
    """The classes that the generator draws, as labels."""
    return torch.tensor([about.classes.index(name) for name in about.generator.classes])


def _places(about: Subject, some: LabelledLatents, samples: LabelledLatents) -> list[tuple[str, str, LabelledLatents]]:
    """What noise is added to: the name, the part of the input, and the latents, each as it is read without noise."""
    if condition_dim(about.generator):
        own = _own(about)
        middle = label_asked(about.generator, about.classifier, torch.zeros(len(own), about.z_dim), own)
        return [
            (PAIRS[0][0], "latents", samples),
            (PAIRS[0][1], "conditions", samples),
            (PAIRS[1][0], "latents", middle),
            (PAIRS[1][1], "conditions", middle),
        ]
    means = mean_latents(some)
    centre = label(about.generator, about.classifier, means.latents[means.present])
    return [("means", "latents", centre), ("samples", "latents", samples)]


def _over(found: dict[str, Shaken], title: str, of: Callable[[Shaken], Tensor]) -> Figure:
    sizes = np.array(next(iter(found.values())).sizes)
    return many_lines(title, "size of the noise", sizes, {place: of(one).numpy() for place, one in found.items()})


def _examples(shaken: Shaken, centres: LabelledLatents) -> Figure:
    """What is drawn without noise, and with noise of each size."""
    shaken_ones = zip((f"size {size:g}" for size in shaken.sizes), shaken.examples, strict=True)
    named = [("no noise", centres), *shaken_ones]
    rows = [(name, one.take(range(min(SHOWN, len(one))))) for name, one in named]
    return captioned_rows([Row(name, one.images.numpy(), captions(one)) for name, one in rows])


def _confusions(shaken: Shaken, classes: Sequence[str]) -> Figure:
    """Shares of the label after (columns) for each label before (rows), at every size."""
    rows = shaken.matrices.sum(dim=2, keepdim=True)
    shares = shaken.matrices / torch.where(rows > 0, rows, torch.nan)
    titles = [f"noise of size {size:g}" for size in shaken.sizes]
    return matrices(shares.numpy(), titles, classes, classes, "label before", "label with noise")


def _numbers(shaken: Shaken) -> Json:
    return {
        "sizes": shaken.sizes,
        "kept": shaken.kept,
        "certainty": shaken.certainty,
        "change": shaken.change,
        "size at which half of the labels are lost": shaken.breaks_at(0.5),
        "size at which a tenth of the labels are lost": shaken.breaks_at(0.9),
        "confusion": shaken.matrices,
    }


def _line(place: str, shaken: Shaken) -> str:
    kept = ", ".join(f"{share:.0%} at {size:g}" for size, share in zip(shaken.sizes, shaken.kept.tolist(), strict=True))
    half = shaken.breaks_at(0.5)
    return f"noise on {place}: the label is kept by {kept}; half are lost at " + (
        f"{half:.2g}" if half else "none of these"
    )


def _first(found: dict[str, Shaken], some: LabelledLatents) -> list[str]:
    """Which of z and embedding loses a tenth of the labels at less noise, and how much each varies by itself."""
    if some.conditions is None:
        return []
    spreads = [float(each.std(0).square().mean().sqrt()) for each in (some.latents, some.conditions)]
    lines = []
    for z, embedding in PAIRS:
        sizes = [found[place].breaks_at(0.9) for place in (z, embedding)]
        first, second = (math.inf if size is None else size for size in sizes)
        sooner = "z" if first < second else "the embedding" if second < first else "neither"
        most = f"keeps nine tenths of the labels at all sizes up to {found[z].sizes[-1]:g}"
        told = [most if size is None else f"loses a tenth of the labels at {size:.2g}" for size in sizes]
        lines.append(
            f"{sooner} breaks first: noise on {z} {told[0]}, on {embedding} it {told[1]}; without noise a number of z "
            f"varies by {spreads[0]:.2g}, one of the embedding by {spreads[1]:.2g}"
        )
    return lines


def _strange(about: Subject, seed: int) -> list[LabelledLatents]:
    """What is drawn at embeddings of no class, nearer and farther, and z = 0."""
    known = conditions(about.generator, torch.arange(len(about.generator.classes)))
    zero = torch.zeros(SHOWN, about.z_dim)
    return [
        label(about.generator, about.classifier, zero, told) for told in strange_conditions(known, FAR, SHOWN, seed)
    ]


def _strange_figure(strange: Sequence[LabelledLatents]) -> Figure:
    return captioned_rows(
        [Row(f"{far:g} × as far", one.images.numpy(), captions(one)) for far, one in zip(FAR, strange, strict=True)]
    )


def _strange_numbers(strange: Sequence[LabelledLatents]) -> Json:
    return {
        "distance, as many times as that of a class": FAR,
        "mean certainty": [float(one.certainty.mean()) for one in strange],
        "labels": [one.labels for one in strange],
    }


def _slug(place: str) -> str:
    return place.replace(" = ", " ").replace(" ", "-")
