"""path: what is drawn on the way from one latent to another, within a class, between classes, between conditions."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure

from ...core.errors import BadInput, UnknownName
from ...core.files import Json
from ...core.progress import Progress, silent
from ...core.randomness import stream
from ...figures.film import ffmpeg, gif, mp4
from ...figures.grids import image_grid
from ...figures.many_lines import many_lines
from ...figures.rows import Row, captioned_rows
from ...latent.decode import condition_dim, decode
from ...latent.given import AnyLatents, Given, given_to, name_of
from ...latent.labelled import LabelledLatents, label, label_asked
from ...latent.path_length import path_lengths
from ...latent.paths import Form, follow, lerp, slerp, towards, weighted
from ...latent.routes import Routes, choose_pairs, travel
from ...nets.model import Model
from .findings import Findings
from .subject import Subject, captions, certain, draw, lowered, subject

SHOWN = 6  # paths of a kind that are drawn
MOST = 50  # latents that a path is led through
WIDEST = 16  # images of a path that can be seen side by side
FRAMES = 31  # of a film, one way
FILMS = {"gif": gif, "mp4": mp4}


def path(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    latents: AnyLatents | None = None,
    form: str | None = None,
    weights: Sequence[Sequence[float]] | None = None,
    steps: int = 11,
    count: int = 2_000,
    paths: int = 200,
    certainty: float = 0.95,
    film: str = "gif",
    seed: int = 0,
    progress: Progress = silent,
) -> Findings:
    """Paths between latents, step by step, with the label and its certainty; how often other classes lie between.

    Section 3.5 of the assignment "GAN and CNN to conquer MNIST"; the mixtures of the report "GANs on MNIST dataset".

    Args:
        latents: to lead one path through, in place of pairs of samples: float32 [n, z], or a file, text or an .npz
            that `sample`, `select` or `invert` kept; the conditions in it are mixed as the latents are.
        form: spherical (the default), linear, two-way or three-way.
        weights: in place of a form mixtures of the given latents, with one weight for each of them in a row; the path
            goes straight from each row to the next. See `latent.paths.weighted`.
        count: samples to choose the ends from; paths: of each kind, that figures rest on.
        certainty: of the ends.
        film: gif or mp4.

    Raises:
        BadInput: no such model, form or film; a mixture of three, and no latents; both a form and weights; weights
            without latents, or another number of them; too few steps, paths or latents; latents that do not fit the
            generator, or more than 50.
    """
    if film not in FILMS:
        raise UnknownName("film", film, FILMS)
    if film == "mp4":
        ffmpeg()  # without it nothing is computed
    about = subject(model, classifier)
    if weights is not None and (form is not None or latents is None):
        raise BadInput("weights say how to mix given latents, in place of a form; name a file of latents and no form")
    form = form or "spherical"
    if form == "three-way" and latents is None:
        raise BadInput("a three-way mixture is of three given latents, not of pairs of samples; name a file of them")
    if latents is not None:
        way = partial(follow, form) if weights is None else weighted(weights)
        asked = {"form": form} if weights is None else {"weights": weights}
        given = given_to(about.generator, latents)
        if len(given.latents) > MOST:
            raise BadInput(f"{len(given.latents):,} latents are too many for one path; lead it through {MOST} or fewer")
        return _through(about, given, way, steps, film, {**asked, "latents": name_of(latents)})
    if paths < 1:
        raise BadInput(f"{paths} paths show nothing; ask for 1 or more")
    threshold, ends = certain(draw(about, count, seed, progress=progress), certainty)
    found = _routes(about, ends, form, steps, paths, seed)
    lengths = _lengths(about, ends, paths, seed)
    numbers: Json = {
        kind: {
            "mean certainty at each step": routes.certainty,
            "share of paths in a class of their ends at each step": routes.of_ends,
            "share of paths that pass through other classes": routes.pass_through_others,
            "shown": [[ends.classes[of] for of in row] for row in routes.labels[:SHOWN].tolist()],
        }
        for kind, routes in found.items()
    }
    places = np.linspace(0, 1, steps)
    return Findings(
        "path",
        about.told(form=form, steps=steps, count=count, paths=paths, certainty=threshold, film=film, seed=seed),
        {**numbers, "perceptual path length": lengths},
        {
            **{kind.replace(",", "").replace(" ", "-"): _strips(routes) for kind, routes in found.items()},
            "certainty": many_lines(
                "mean certainty",
                "along the path",
                places,
                {kind: routes.certainty.numpy() for kind, routes in found.items()},
            ),
            "classes": many_lines(
                "share of paths that show a class of their ends",
                "along the path",
                places,
                {kind: routes.of_ends.numpy() for kind, routes in found.items()},
            ),
        },
        {f"film.{film}": _film(about, found, form, film)},
        (
            *lowered(certainty, threshold),
            *(
                f"{kind}: {routes.pass_through_others:.0%} of {len(routes.ends)} paths pass through other classes; "
                f"certainty {routes.certainty.min():.2f} where it is least, {routes.certainty[0]:.2f} at the ends"
                for kind, routes in found.items()
            ),
            *(f"perceptual path length, {way}: {length:.1f}" for way, length in lengths.items()),
        ),
    )


def _routes(about: Subject, ends: LabelledLatents, form: str, steps: int, paths: int, seed: int) -> dict[str, Routes]:
    nets = about.generator, about.classifier
    within, between = (choose_pairs(ends.labels, paths, seed, kind) for kind in ("class", "classes"))
    if not condition_dim(about.generator):
        kinds = (("within a class", within, "latents"), ("between classes", between, "latents"))
    else:
        kinds = (("z, within a class", within, "latents"), ("embedding, between classes", between, "conditions"))
    return {kind: travel(*nets, ends, pairs, form, steps, of) for kind, pairs, of in kinds}


def _lengths(about: Subject, ends: LabelledLatents, paths: int, seed: int) -> dict[str, float]:
    """The perceptual path length between samples, on great circles and on straight lines."""
    draws = stream(seed, "path length")
    first = torch.randint(len(ends), (5 * paths,), generator=draws)
    second = (first + torch.randint(1, len(ends), (5 * paths,), generator=draws)) % len(ends)  # another
    places = torch.rand(5 * paths, generator=draws)
    told = None if ends.conditions is None else ends.conditions[first]
    return {
        way: float(
            path_lengths(
                about.generator, about.classifier.net, ends.latents[first], ends.latents[second], places, told, between
            ).mean()
        )
        for way, between in (("spherical", slerp), ("linear", lerp))
    }


def _strips(routes: Routes) -> Figure:
    shown = [routes.path(number) for number in range(min(SHOWN, len(routes.ends)))]
    titles = [
        " → ".join(one.classes[of] for of in ends) for one, ends in zip(shown, routes.ends.tolist(), strict=False)
    ]
    return captioned_rows([_row(title, one) for title, one in zip(titles, shown, strict=True)])


def _row(title: str, labelled: LabelledLatents) -> Row:
    """Its images side by side; of many as many as can be seen, evenly from the first to the last."""
    places = torch.linspace(0, len(labelled) - 1, min(WIDEST, len(labelled))).round().long()
    seen = labelled.take(places)
    return Row(title, seen.images.numpy(), captions(seen))


def _film(about: Subject, found: dict[str, Routes], form: str, film: str) -> bytes:
    """The paths that are shown, all at once, those of a kind in a row."""
    shown = min(SHOWN, *(len(routes.ends) for routes in found.values()))
    ways = torch.stack([_finer(about, routes, form, shown) for routes in found.values()])
    pages = [image_grid(frame.flatten(0, 1).numpy(), ways.shape[1], scale=3, palette="ink") for frame in ways.unbind(2)]
    return FILMS[film](pages)


def _finer(about: Subject, routes: Routes, form: str, shown: int) -> torch.Tensor:
    """Images uint8 [shown, FRAMES, 28, 28] of the first paths; what has two equal ends stays where it is."""
    images = []
    for number in range(shown):
        one = routes.path(number)
        latents = towards(form, one.latents[[0, -1]], FRAMES)
        told = None if one.conditions is None else towards(form, one.conditions[[0, -1]], FRAMES)
        images.append(decode(about.generator, latents, told))
    return torch.stack(images)


def _through(about: Subject, points: Given, way: Form, steps: int, film: str, asked: Json) -> Findings:
    """One path through given latents.

    Of a conditional generator it goes through their conditions too, or where they have none through z for each class.
    """
    along, given = _drawn(about, points, lambda rows: way(rows, steps)), _drawn(about, points, lambda rows: rows)
    frames = torch.stack([one.images for one in _drawn(about, points, lambda rows: way(rows, 2 * FRAMES)).values()])
    columns, scale = (1, 8) if len(frames) == 1 else (5, 3)
    pages = [image_grid(frame.numpy(), columns, scale, palette="ink") for frame in frames.unbind(1)]
    return Findings(
        "path",
        about.told(steps=steps, film=film, **asked),
        {kind: {"labels": _read(one).split(" "), "certainty": one.certainty} for kind, one in along.items()},
        {
            "strip": captioned_rows([_row(kind, one) for kind, one in along.items()]),
            "latents": captioned_rows([_row(kind, one) for kind, one in given.items()]),
        },
        {f"film.{film}": FILMS[film](pages)},
        tuple(
            f"{kind}: the given latents are read as {_read(given[kind])}; on the way {_read(one)}"
            for kind, one in along.items()
        ),
    )


def _read(labelled: LabelledLatents) -> str:
    return " ".join(labelled.classes[of] for of in labelled.labels.tolist())


def _drawn(about: Subject, points: Given, way: Callable[[torch.Tensor], torch.Tensor]) -> dict[str, LabelledLatents]:
    """What is drawn on the way, by what was asked for.

    That is once, or of a conditional generator each of its classes, where no conditions are given.
    """
    nets, latents = (about.generator, about.classifier), way(points.latents)
    if points.conditions is not None:
        return {"path": label(*nets, latents, way(points.conditions))}
    if not condition_dim(about.generator):
        return {"path": label(*nets, latents)}
    own = {name: torch.tensor(about.classes.index(name)) for name in about.generator.classes}
    return {f"as {name!r}": label_asked(*nets, latents, of.repeat(len(latents))) for name, of in own.items()}
