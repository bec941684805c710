"""plane: the plane through three latents, as maps of labels and of certainty, from near and from far."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from ...core.errors import BadInput, UnknownName
from ...core.progress import Progress, silent
from ...figures.planes import Window, plane_images, plane_maps, plane_zooms
from ...latent.decode import condition_dim, conditions_of
from ...latent.from_text import read_latents
from ...latent.means import mean_latents
from ...latent.planes import PlaneMap, map_plane, plane_through
from ...nets.model import Model
from .findings import Findings
from .subject import Subject, certain, draw, subject

CLASSES = 3  # that a plane goes through
SURE = 0.95


def plane(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    classes: Sequence[str] | None = None,
    latents: str | Path | None = None,
    resolution: int = 400,
    zooms: Sequence[float] = (1.0, 2.0, 5.0, 20.0),
    images: int = 12,
    count: int = 10_000,
    certainty: float = 0.95,
    seed: int = 0,
    progress: Progress = silent,
) -> Findings:
    """Label and certainty on the plane through the mean latents of three classes, or through three given latents.

    Section 3.7 of the assignment "GAN and CNN to conquer MNIST"; the report on it takes 8, 1 and 0, five times as wide.
    Of a conditional generator it is the plane through three classes' embeddings, at z = 0.

    Args:
        classes: three of them (default: 8, 1, 0 where there are such, or else the first three).
        latents: a text file of three latents; of two, the third is the origin.
        resolution: points on a side; zooms: how many times as wide as the three points the window is.
        images: drawn along each side.
        count: samples to take means of, if they have this certainty.
    """
    about = subject(model, classifier)
    if not zooms:
        raise BadInput("a plane is seen at one zoom or more; name at least one")
    points, names, of, fixed = _points(about, classes, latents, count, certainty, seed, progress)
    surface = plane_through(points)
    found: dict[float, PlaneMap] = {}
    for done, zoom in enumerate(zooms):
        progress(done, len(zooms), f"zoom {zoom:g}")
        found[zoom] = map_plane(
            about.generator, about.classifier, surface, resolution, zoom, images, of, fixed, progress=progress
        )
    windows = {zoom: _window(zoom, one, names) for zoom, one in found.items()}
    return Findings(
        "plane",
        about.told(through=names, of=of, resolution=resolution, zooms=list(zooms), seed=seed),
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
        summary=tuple(
            f"zoom {zoom:g}: certainty of {SURE:g} or more on {one.share_above(SURE):.1%} of the plane; most of it is "
            f"{about.classes[int(one.areas.argmax())]!r} ({float(one.areas.max()):.0%}), "
            f"{int((one.areas > 0).sum())} classes in all"
            for zoom, one in found.items()
        ),
    )


def _points(
    about: Subject,
    classes: Sequence[str] | None,
    latents: str | Path | None,
    count: int,
    certainty: float,
    seed: int,
    progress: Progress,
) -> tuple[Tensor, list[str], str, Tensor | None]:
    """Three points, their names, what they are points of, and what stays the same on their plane."""
    conditional = condition_dim(about.generator)
    labels = _labels(about, classes)
    if latents is not None:
        given = read_latents(latents)
        if len(given) == 2:
            given = torch.cat([given, torch.zeros_like(given[:1])])
        fixed = conditions_of(about.generator, torch.tensor(labels[:1]), about.classes)[0] if conditional else None
        return given, ["z1", "z2", "z3"][: len(given)], "latents", fixed
    names = [about.classes[of] for of in labels]
    if conditional:
        return (
            conditions_of(about.generator, torch.tensor(labels), about.classes),
            names,
            "conditions",
            torch.zeros(about.z_dim),
        )
    means = mean_latents(certain(draw(about, count, seed, progress=progress), certainty)[1])
    absent = [name for name, of in zip(names, labels, strict=True) if not means.counts[of]]
    if absent:
        raise BadInput(f"no latent of {count:,} is read as {absent[0]!r}; name other classes, or draw more")
    return means.latents[labels], names, "latents", None


def _labels(about: Subject, classes: Sequence[str] | None) -> list[int]:
    if classes is None:
        classes = ("8", "1", "0") if {"8", "1", "0"} <= set(about.classes) else about.classes[:CLASSES]
    for name in classes:
        if name not in about.classes:
            raise UnknownName("class", name, about.classes)
    if len(set(classes)) != CLASSES:
        raise BadInput(f"a plane goes through {CLASSES} different classes, not {len(set(classes))}")
    return [about.classes.index(name) for name in classes]


def _window(zoom: float, found: PlaneMap, names: Sequence[str]) -> Window:
    title = "through the points" if zoom == 1 else f"{zoom:g} times as wide"
    return Window(title, found.labels.numpy(), found.certainty.double().numpy(), found.corners.numpy(), names)
