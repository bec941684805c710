"""map: latents, activations, features and images laid out in two dimensions, and how far that can be believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from jaxtyping import Float32
from matplotlib.figure import Figure

from ...core.errors import BadInput
from ...core.files import Json
from ...core.progress import Progress, silent
from ...core.randomness import stream
from ...data import load_dataset
from ...figures.map_page import map_page
from ...figures.maps import Panel, label_maps, occupied, placed_map
from ...figures.matrix import matrix
from ...latent.labelled import LabelledLatents
from ...latent.map_areas import Areas, areas
from ...latent.map_quality import Agreement, K, Purity, agreement, purity, trustworthiness
from ...latent.maps import Map, maps
from ...latent.neighbourhoods import neighbourhoods
from ...latent.spaces import spaces
from ...metrics.features import extract
from ...nets.model import Model
from .findings import Findings
from .subject import Subject, draw, subject

PLACED = 500  # real images that are put on a map
REAL = {"images": lambda about, images: images.flatten(1).float() / 255,
        "features": lambda about, images: extract(about.classifier.net, images)}  # fmt: skip
"""The spaces in which real images have a place too."""


@dataclass(frozen=True, eq=False)
class Mapped:
    """One space on a map, and what the map is worth.

    Attributes:
        points: float32 [n, d].
        trustworthiness: of the map, in [0.5, 1] or a little below.
        in_space, on_map: neighbour purity before and after.
    """

    points: Float32[torch.Tensor, "n d"]
    map: Map
    trustworthiness: float
    in_space: Purity
    on_map: Purity

    @property
    def note(self) -> str:
        """What stands beside the map."""
        return (
            f"trustworthiness {self.trustworthiness:.3f}; neighbour purity {self.on_map.share:.2f}, "
            f"{self.in_space.share:.2f} in the space, {self.in_space.chance:.2f} by chance"
        )


def map(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    count: int = 2000,
    seed: int = 0,
    prior: str = "normal",
    method: str = "tsne",
    of: Sequence[str] = ("latents", "activations", "features", "images"),
    seeds: int = 3,
    place: str | None = None,
    progress: Progress = silent,
) -> Findings:
    """Maps of `count` latents in several spaces, coloured by label, after the report "Latent space maps".

    The last of the spaces is looked at closely: the area of each class, maps from several random starts and what these
    agree on, real images put on it, and a page that shows the image under the pointer.

    Args:
        method: a name in `latent.maps.maps`: tsne, umap, pca.
        of: names in `latent.spaces.spaces`, at least one.
        seeds: random starts to compare, 0 or at least 2.
        place: a dataset whose test images are put on the map of "images" or "features".

    Raises:
        BadInput: no such model, method, space or prior, or too few points.
    """
    if not of or seeds == 1 or seeds < 0:
        raise BadInput("a map is of one space or more, and compares 2 seeds or more (0: none)")
    if place is not None and of[-1] not in REAL:
        raise BadInput(f"real images have no place among {of[-1]}; end --of with images or with features")
    for name in of:
        spaces[name]
    about, lay_out = subject(model, classifier), maps[method]
    labelled = draw(about, count, seed, prior)
    mapped = {name: _mapped(about, labelled, name, method, seed, progress) for name in of}
    last = mapped[of[-1]]
    owned = areas(last.map.positions, labelled.labels, len(about.classes))
    starts = [lay_out(last.points, seed=n, start="random", progress=progress).positions for n in range(seeds)]
    agreed = agreement(starts, labelled.labels, len(about.classes)) if seeds else None
    figures = {"spaces": label_maps([_panel(name, one, labelled) for name, one in mapped.items()], about.classes)}
    figures["areas"] = occupied(owned.owners.numpy(), owned.areas.numpy(), owned.points.numpy(), about.classes)
    if agreed is not None:
        panels = [Panel(f"{of[-1]}, start {n}", "", at.numpy(), labelled.labels.numpy()) for n, at in enumerate(starts)]
        figures["starts"] = label_maps(panels, about.classes, columns=3)
        figures["distances"] = _distances(agreed, about.classes)
    numbers: Json = {
        "classes": about.classes,
        "neighbours": K,
        "spaces": {name: _numbers(one) for name, one in mapped.items()},
        "areas": {"of": of[-1], "area": owned.areas, "points": owned.points},
        "agreement": None if agreed is None else _agreement(agreed, starts, labelled, len(about.classes)),
    }
    if place is not None:
        figures["placed"], numbers["placed"] = _place(about, of[-1], last, labelled, place, seed)
    page = map_page(
        f"{about.name}: {of[-1]} by {method}",
        f"{count:,} latents of the {prior} prior. {last.note[0].upper()}{last.note[1:]}.",
        last.map.positions.numpy(),
        labelled.images.numpy(),
        labelled.labels.numpy(),
        labelled.certainty.numpy(),
        about.classes,
    )
    return Findings(
        "map",
        about.told(count=count, seed=seed, prior=prior, method=method, of=tuple(of), seeds=seeds, place=place),
        numbers,
        figures,
        {f"{of[-1]}.html": page.encode()},
        _summary(mapped, owned, agreed, about.classes),
    )


def _mapped(about: Subject, labelled: LabelledLatents, name: str, method: str, seed: int, progress: Progress) -> Mapped:
    points = spaces[name](about.generator, about.classifier, labelled)
    laid_out = maps[method](points, seed=seed, progress=progress)
    return Mapped(
        points,
        laid_out,
        trustworthiness(points, laid_out.positions),
        purity(points, labelled.labels),
        purity(laid_out.positions, labelled.labels),
    )


def _panel(name: str, one: Mapped, labelled: LabelledLatents) -> Panel:
    note = f"trust {one.trustworthiness:.2f}; purity {one.on_map.share:.2f} (in the space {one.in_space.share:.2f})"
    return Panel(name, note, one.map.positions.numpy(), labelled.labels.numpy())


def _numbers(one: Mapped) -> Mapping[str, object]:
    return {
        "dimensions": one.points.shape[1],
        "trustworthiness": one.trustworthiness,
        "purity on the map": one.on_map.share,
        "purity in the space": one.in_space.share,
        "purity by chance": one.in_space.chance,
    }


def _agreement(
    agreed: Agreement, starts: Sequence[torch.Tensor], labelled: LabelledLatents, classes: int
) -> Mapping[str, object]:
    return {
        "areas on each map": [areas(at, labelled.labels, classes).areas for at in starts],
        "nearest class on each map": agreed.nearest,
        "neighbours shared": agreed.neighbours,
        "classes with the same nearest class": agreed.same_nearest,
        "class distances": agreed.distances,
        "their spread": agreed.spread,
    }


def _distances(agreed: Agreement, classes: Sequence[str]) -> Figure:
    """How far apart classes are over all starts, in units of their mean distance; above the diagonal the spread."""
    both = torch.where(torch.ones_like(agreed.distances).triu(1).bool(), agreed.spread, agreed.distances)
    both.fill_diagonal_(torch.nan)
    return matrix(
        both.numpy(), classes, classes, "below: mean distance of two classes", "above: its spread over starts"
    )


def _place(
    about: Subject, space: str, last: Mapped, labelled: LabelledLatents, dataset: str, seed: int
) -> tuple[Figure, Mapping[str, object]]:
    real = load_dataset(dataset, "test")
    some = real.take(torch.randperm(len(real), generator=stream(seed, "map", "placed"))[:PLACED])
    if some.classes != about.classes:
        raise BadInput(f"{dataset} has other classes than the classifier was trained for")
    at = last.map.place(REAL[space](about, some.images))
    near = labelled.labels[neighbourhoods(last.map.positions, K, at).indices].mode(1).values
    right = float((near == some.labels).double().mean())
    panel = Panel(
        f"{len(some):,} test images of {dataset} on the map of {space}",
        f"{right:.0%} lie among generated images of their class",
        at.numpy(),
        some.labels.numpy(),
    )
    return placed_map(last.map.positions.numpy(), panel, about.classes), {
        "count": len(some),
        "among their class": right,
    }


def _summary(
    mapped: Mapping[str, Mapped], owned: Areas, agreed: Agreement | None, classes: Sequence[str]
) -> tuple[str, ...]:
    lines = [f"{name}: {one.note}" for name, one in mapped.items()]
    shares = [
        f"{name!r} has {owned.areas[i]:.1%} ({owned.points[i]:.1%} of the points)" for i, name in enumerate(classes)
    ]
    most, least = int(owned.areas.argmax()), int(owned.areas.argmin())
    lines.append(f"area on the map of {list(mapped)[-1]}: {shares[most]}, the most; {shares[least]}, the least")
    if agreed is not None:
        lines.append(
            f"from random starts, maps share {agreed.neighbours:.0%} of a point's neighbours, and "
            f"{agreed.same_nearest:.0%} of the classes have the same nearest class on all"
        )
    return tuple(lines)
