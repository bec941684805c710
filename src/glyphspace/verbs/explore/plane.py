"""plane: the plane through three latents, as maps of labels and of certainty, from near and from far."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from ...core.errors import BadInput, UnknownName
from ...core.progress import Progress, silent
from ...figures.planes import Window, plane_images, plane_maps, plane_zooms
from ...latent.decode import condition_dim, conditions_of
from ...latent.given import AnyLatents, Given, given_to, name_of
from ...latent.means import mean_latents
from ...latent.planes import PlaneMap, map_plane, plane_through
from ...latent.save import npz
from ...nets.model import Model
from .findings import Findings
from .subject import Subject, certain, draw, lowered, subject

CLASSES = 3  # that a plane goes through
COUNT, CERTAINTY = 10_000, 0.95  # samples that means are taken of, and how sure they are
SURE = 0.95  # of a plane it is told on how much of it this certainty is reached


@dataclass(frozen=True, eq=False)
class Anchors:
    """What a plane goes through.

    Attributes:
        points: float32 [3, d] latents or conditions.
        names: of the points, as they stand on the maps.
        of: "latents" or "conditions", which the points are.
        fixed: float32 [d], what stays the same on a conditional generator's plane: the condition or the latent.
        drawn_as: the class that stays the same; None where there is none, or it is not known.
        certainty: of the latents that the points are means of; None where they are no means.
    """

    points: Tensor
    names: tuple[str, ...]
    of: str
    fixed: Tensor | None = None
    drawn_as: str | None = None
    certainty: float | None = None


def plane(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    classes: Sequence[str] | None = None,
    latents: AnyLatents | None = None,
    resolution: int = 400,
    zooms: Sequence[float] = (1.0, 2.0, 5.0, 20.0),
    images: int = 12,
    count: int | None = None,
    certainty: float | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Findings:
    """Label and certainty on the plane through the mean latents of three classes, or through three given latents.

    Section 3.7 of the assignment "GAN and CNN to conquer MNIST"; the report on it takes 8, 1 and 0, five times as wide.
    Of a conditional generator it is the plane through three classes' embeddings, at z = 0. The maps are kept as numbers
    (`plane-maps.npz`).

    Args:
        classes: three of them (default: 8, 1, 0 where there are such, or else the first three); with latents of a
            conditional generator the one that it draws there (default: what all of them were drawn as).
        latents: three, float32 [3, z] or a file of them, text or .npz; of two, the third is the origin.
        resolution: points on a side; zooms: how many times as wide as the three points the window is.
        images: drawn along each side.
        count: samples to take means of (default: 10,000), if they have this certainty (default: 0.95).

    Raises:
        BadInput: no such model or class, another number of classes or latents, or no zoom; or samples
            where there are no means to take.
    """
    about = subject(model, classifier)
    means = latents is None and not condition_dim(about.generator)
    if not means and (count is not None or certainty is not None):
        raise BadInput("no means are taken here that a count of samples or their certainty would be of; leave them out")
    count, certainty = COUNT if count is None else count, CERTAINTY if certainty is None else certainty
    if not zooms:
        raise BadInput("a plane is seen at one zoom or more; name at least one")
    if latents is not None:
        through = _given(about, given_to(about.generator, latents), classes)
    else:
        through = _between(about, classes, count, certainty, seed, progress)
    surface = plane_through(through.points)
    found: dict[float, PlaneMap] = {}
    for done, zoom in enumerate(zooms):
        progress(done, len(zooms), f"zoom {zoom:g}")
        found[zoom] = map_plane(
            about.generator, about.classifier, surface, resolution, zoom, images, through.of, through.fixed,
            progress=progress,
        )  # fmt: skip
    windows = {zoom: _window(zoom, one, through.names) for zoom, one in found.items()}
    return Findings(
        "plane",
        about.told(
            through=through.names,
            of=through.of,
            drawn_as=through.drawn_as,
            resolution=resolution,
            zooms=list(zooms),
            images=images,
            latents=None if latents is None else name_of(latents),
            count=count if means else None,
            certainty=through.certainty,
            seed=seed,
        ),
        {
            "classes": about.classes,
            "zooms": {
                f"{zoom:g}": {
                    "half the side of the window": one.half,
                    "areas": one.areas,
                    f"share with a certainty of {SURE:g}": one.share_above(SURE),
                    "mean certainty": one.certainty.double().mean(),
                    "corners": one.corners,
                }
                for zoom, one in found.items()
            },
        },
        {
            **{f"maps-{zoom:g}": plane_maps(window, about.classes) for zoom, window in windows.items()},
            **{
                f"images-{zoom:g}": plane_images(window, found[zoom].images.numpy(), about.classes)
                for zoom, window in windows.items()
            },
            "zooms": plane_zooms(list(windows.values()), about.classes),
        },
        {
            "maps.npz": npz(
                {f"labels at {zoom:g}": one.labels for zoom, one in found.items()}
                | {f"certainty at {zoom:g}": one.certainty for zoom, one in found.items()}
            )
        },
        (
            *(() if through.certainty is None else lowered(certainty, through.certainty)),
            *(
                f"zoom {zoom:g}: certainty of {SURE:g} or more on {one.share_above(SURE):.1%} of the plane; most of it "
                f"is {about.classes[int(one.areas.argmax())]!r} ({float(one.areas.max()):.0%}), "
                f"{int((one.areas > 0).sum())} classes in all"
                for zoom, one in found.items()
            ),
        ),
    )


def _given(about: Subject, given: Given, classes: Sequence[str] | None) -> Anchors:
    """Latents as they were given, and the one class that a conditional generator draws there."""
    latents, told = given.latents, given.conditions
    if len(latents) == 2:
        latents = torch.cat([latents, torch.zeros_like(latents[:1])])
    names = tuple(f"z{number}" for number in range(1, len(latents) + 1))
    if not condition_dim(about.generator):
        if classes is not None:
            raise BadInput("the plane goes through the latents that are given; leave out the classes or the latents")
        return Anchors(latents, names, "latents")
    if classes is None and told is not None and bool((told == told[0]).all()):
        return Anchors(latents, names, "latents", told[0])
    if classes is None:
        raise BadInput("a conditional generator draws given latents as one of its classes; name it with --classes")
    if len(set(classes)) != 1:
        raise BadInput(f"given latents are drawn as one class, not as {len(set(classes))}")
    labels = _labels(about, classes[:1])
    (told,) = conditions_of(about.generator, torch.tensor(labels), about.classes)
    return Anchors(latents, names, "latents", told, classes[0])


def _between(
    about: Subject, classes: Sequence[str] | None, count: int, certainty: float, seed: int, progress: Progress
) -> Anchors:
    """The mean latents of three classes, or a conditional generator's embeddings of them, at z = 0."""
    if classes is None:
        classes = ("8", "1", "0") if {"8", "1", "0"} <= set(about.classes) else about.classes[:CLASSES]
    labels = _labels(about, classes)
    if len(set(labels)) != CLASSES:
        raise BadInput(f"a plane goes through {CLASSES} different classes, not {len(set(labels))}")
    names = tuple(classes)
    if condition_dim(about.generator):
        told = conditions_of(about.generator, torch.tensor(labels), about.classes)
        return Anchors(told, names, "conditions", torch.zeros(about.z_dim))
    threshold, some = certain(draw(about, count, seed, progress=progress), certainty)
    means = mean_latents(some)
    absent = [name for name, of in zip(names, labels, strict=True) if not means.counts[of]]
    if absent:
        raise BadInput(f"no latent of {count:,} is read as {absent[0]!r}; name other classes, or draw more")
    return Anchors(means.latents[labels], names, "latents", certainty=threshold)


def _labels(about: Subject, classes: Sequence[str]) -> list[int]:
    for name in classes:
        if name not in about.classes:
            raise UnknownName("class", name, about.classes)
    return [about.classes.index(name) for name in classes]


def _window(zoom: float, found: PlaneMap, names: Sequence[str]) -> Window:
    title = "through the points" if zoom == 1 else f"{zoom:g} times as wide"
    return Window(title, found.labels.numpy(), found.certainty.double().numpy(), found.corners.numpy(), names)
