"""map: latents, activations, features and images laid out in two dimensions, and how far that can be believed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from matplotlib.figure import Figure

from ...core.errors import BadInput
from ...core.files import Json
from ...core.progress import Progress, silent
from ...core.randomness import stream
from ...data import LabelledImages, load_dataset
from ...figures.maps import Panel, label_maps, placed_map
from ...latent.map_quality import K
from ...latent.maps import maps
from ...latent.neighbourhoods import neighbourhoods
from ...latent.save import arrays_of, npz
from ...latent.spaces import spaces
from ...metrics.features import extract
from ...nets.model import Model
from .findings import Findings
from .mapped import Mapped, mapped
from .subject import Subject, draw, named, subject

FEWEST = 2 * K + 1  # latents: the neighbours of each must be fewer than half of them
PLACED = 500  # real images that are put on a map
REAL = {"images": lambda about, images: images.flatten(1).float() / 255,
        "features": lambda about, images: extract(about.classifier.net, images)}  # fmt: skip
"""The spaces in which real images have a place too."""


def map(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    count: int = 2000,
    seed: int = 0,
    prior: str = "normal",
    method: str = "tsne",
    of: Sequence[str] = ("latents", "activations", "features", "images"),
    seeds: int | None = None,
    place: str | None = None,
    progress: Progress = silent,
) -> Findings:
    """Maps of `count` latents in several spaces, coloured by label, after the report "Latent space maps".

    Of each space: the area of each class, maps from several random starts and what these agree on, real images put on
    the map where they have a place, and a page that shows the image under the pointer. Latents, images, labels and
    places are kept (`map-points.npz`).

    Args:
        method: a name in `latent.maps.maps`: tsne, umap, pca.
        of: names in `latent.spaces.spaces`, at least one.
        seeds: random starts to compare, 0 or at least 2 (default: 3; none for pca, which has no start).
        place: a dataset whose test images are put on the maps of "images" and "features".

    Raises:
        BadInput: no such model, method, space, prior or dataset, or too few points.
    """
    if method == "pca" and seeds:
        raise BadInput("principal components begin nowhere, so there are no starts to compare; leave out the seeds")
    starts = seeds if seeds is not None else 0 if method == "pca" else 3
    if not of or starts == 1 or starts < 0:
        raise BadInput("a map is of one space or more, and compares 2 seeds or more (0: none)")
    if place is not None and not set(of) & set(REAL):
        raise BadInput(f"real images have no place among {' and '.join(of)}; map images or features too")
    if count < FEWEST:
        raise BadInput(f"{count} latents are too few for a map that can be judged; ask for {FEWEST} or more")
    for name in of:
        spaces[name]  # an unknown one is refused before anything is drawn
    maps[method]
    about = subject(model, classifier)
    real = None if place is None else _real(about, place, seed)
    labelled = draw(about, count, seed, prior)
    found = {name: mapped(about, labelled, name, method, seed, starts, progress) for name in of}
    figures = {"spaces": label_maps([one.panel for one in found.values()], about.classes)}
    numbers: dict[str, Json] = {}
    for name, one in found.items():
        figures |= one.figures()
        numbers[name] = {**one.numbers()}
        if real is not None and name in REAL:
            figures[f"placed-{name}"], numbers[name]["placed"] = _place(about, one, real)
    note = f"{count:,} latents of the {prior} prior."
    return Findings(
        "map",
        about.told(count=count, seed=seed, prior=prior, method=method, of=tuple(of), seeds=starts, place=named(place)),
        {
            "classes": about.classes,
            "neighbours": K,
            "shares of the points": labelled.labels.bincount(minlength=len(about.classes)) / count,
            "spaces": numbers,
        },
        figures,
        {
            **{f"{name}.html": one.page(f"{about.name}: {name} by {method}", note) for name, one in found.items()},
            "points.npz": npz(
                arrays_of(labelled) | {f"map of {name}": one.map.positions for name, one in found.items()}
            ),
        },
        tuple(line for one in found.values() for line in one.summary()),
    )


def _real(about: Subject, dataset: str, seed: int) -> LabelledImages:
    """Some test images of the classes that the classifier reads."""
    real = load_dataset(dataset, "test")
    if real.classes != about.classes:
        raise BadInput(f"{dataset} has other classes than the classifier was trained for")
    return real.take(torch.randperm(len(real), generator=stream(seed, "map", "placed"))[:PLACED], name=dataset)


def _place(about: Subject, one: Mapped, real: LabelledImages) -> tuple[Figure, Mapping[str, object]]:
    at = one.map.place(REAL[one.name](about, real.images))
    near = one.labelled.labels[neighbourhoods(one.map.positions, K, at).indices].mode(1).values
    right = float((near == real.labels).double().mean())
    panel = Panel(
        f"{len(real):,} test images of {real.name} on the map of {one.name}",
        f"{right:.0%} lie among generated images of their class\nthe map: {one.panel.note}",
        at.numpy(),
        real.labels.numpy(),
    )
    return placed_map(one.map.positions.numpy(), panel, about.classes), {
        "count": len(real),
        "among their class": right,
    }
