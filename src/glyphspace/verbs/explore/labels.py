"""labels: how often each class comes among latents, at which certainty, and what asking for certainty costs."""

from collections.abc import Sequence
from pathlib import Path

import torch
from jaxtyping import Float
from matplotlib.figure import Figure
from torch import nn

from ...core.errors import BadInput, GlyphspaceError
from ...core.progress import Progress, silent
from ...data import load_dataset
from ...figures.distributions import certainty_histogram
from ...figures.intervals import Shares, shares_with_intervals
from ...figures.lines import lines
from ...latent.archive import write_archive
from ...latent.bulk import Draw, chunks
from ...latent.distribution import Distribution
from ...latent.intervals import wilson
from ...latent.tally import Tally, tally
from ...metrics.features import extract
from ...metrics.manifold import Manifold, compare_manifolds
from ...nets.model import Model
from ...zoo import feature_network
from ...zoo.shipped import OFFICIAL
from ..images import data_of
from ..judging import check_judge
from .findings import Findings
from .subject import check_thresholds, named, subject

THRESHOLDS = (0.0, 0.5, 0.8, 0.95, 0.99)
Real = tuple[nn.Module, Float[torch.Tensor, "n d"]]
FEWEST = 100  # images whose neighbourhoods say something


def labels(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    count: int = 10_000,
    seed: int = 0,
    prior: str = "normal",
    truncation: float | None = None,
    thresholds: Sequence[float] = THRESHOLDS,
    compared: int = 2_000,
    data: str | None = None,
    keep: str | Path | None = None,
    progress: Progress = silent,
) -> Findings:
    """The class distribution of `count` latents at several thresholds of certainty, and what a threshold costs.

    Section 3.2 of the assignment "GAN and CNN to conquer MNIST". A million latents are as well as a thousand.

    Args:
        truncation: where normal latents are cut off.
        compared: images that are compared with as many of the test set, for precision and coverage; 0 for none.
        data: whose test set that is; by default what the generator was trained on, if it is at hand.
        keep: a .safetensors file for all that is labelled, which `latent.archive.open_archive` reads.

    Raises:
        BadInput: no such model or data, thresholds that are no certainties, or another kind of file to keep latents in.
    """
    check_thresholds(thresholds)
    if compared and compared < FEWEST:
        raise BadInput(f"precision and coverage take {FEWEST} test images or more, not {compared}; give 0 for neither")
    if data is not None and not compared:
        raise BadInput(f"images of {data} are there to be compared with; ask for {FEWEST} or more, or leave them out")
    if keep is not None and Path(keep).suffix != ".safetensors":
        raise BadInput(f"latents are kept in a .safetensors file; {keep} is called otherwise")
    draw, about = Draw(count, seed, prior, truncation), subject(model, classifier)
    nets = about.generator, about.classifier
    real = _real(about.generator, data, compared) if compared else ""
    why_not = real if isinstance(real, str) else ""
    if keep is not None:
        parts = write_archive(keep, *nets, draw, progress).parts()
    else:
        parts = chunks(*nets, draw, progress=progress)
    found = tally(parts, sorted(thresholds), compared)
    ends = wilson(found.distribution.counts, found.distribution.kept.unsqueeze(1))
    against: list[Manifold | None] = [None] * len(found.kept)
    if real and not isinstance(real, str):
        against = _against(real, found, progress)
        why_not = "" if all(against) else f"precision and coverage take {len(real[1]):,} latents at a threshold or more"
    figures = {"certainty": certainty_histogram({"generated": found.certainty.double().numpy()})}
    if found.distribution.kept.any():
        figures["shares"] = _share_figure(found.distribution, ends)
    if sum(map(bool, against)) > 1:
        figures["cost"] = _cost_figure(found.distribution, against)
    return Findings(
        "labels",
        about.told(
            count=count, seed=seed, prior=prior, truncation=truncation, thresholds=sorted(thresholds), data=named(data)
        ),
        {
            "classes": found.distribution.classes,
            "kept": found.distribution.kept / count,
            "counts": found.distribution.counts,
            "shares": found.distribution.shares,
            "low": ends[0],
            "high": ends[1],
            "against as many test images": against,
        },
        figures,
        summary=(*map(_line, *_rows(found.distribution, against)), *filter(None, [why_not])),
    )


def _real(generator: Model, data: str | None, compared: int) -> Real | str:
    """The judging network and what it sees in test images; or why there are none, unless they were named."""
    try:
        judging = feature_network(data if data in OFFICIAL else generator.dataset, "judging")
    except BadInput as error:
        told = str(error).partition("; train one")[0]  # it cannot be named here
        if data is not None:
            raise BadInput(told) from error
        return f"precision and coverage are not measured: {told}"
    try:
        test = load_dataset(data_of(generator, data), "test")
        check_judge(judging, test)
        return judging.net, extract(judging.net, test.some(compared).images)
    except GlyphspaceError as error:
        if data is not None:
            raise
        return f"precision and coverage are not measured: {error}"


def _against(real: Real, found: Tally, progress: Progress) -> list[Manifold | None]:
    """Precision and its kin at each threshold that leaves enough images."""
    judge, features = real
    against: list[Manifold | None] = []
    for row, images in enumerate(found.kept):
        progress(row, len(found.kept), "precision and coverage")
        enough = len(images) >= max(len(features), FEWEST)
        against.append(compare_manifolds(features, extract(judge, images[: len(features)])) if enough else None)
    return against


def _share_figure(found: Distribution, ends: torch.Tensor) -> Figure:
    return shares_with_intervals(
        found.classes,
        {
            f"≥ {threshold:g}" if threshold else "all": Shares(share.numpy(), low.numpy(), high.numpy())
            for threshold, kept, share, low, high in zip(found.thresholds, found.kept, found.shares, *ends, strict=True)
            if kept
        },
    )


def _cost_figure(found: Distribution, against: Sequence[Manifold | None]) -> Figure:
    rows = [row for row, manifold in enumerate(against) if manifold]
    known = [manifold for manifold in against if manifold]
    everything = int(found.kept[0]) if not found.thresholds[0] else None
    series = {name: torch.tensor([getattr(one, name) for one in known]).numpy() for name in ("precision", "coverage")}
    if everything:
        series["latents that are left"] = (found.kept[rows] / everything).numpy()
    return lines(
        "what a threshold buys, and what it costs",
        "certainty that is asked for",
        torch.tensor([found.thresholds[row] for row in rows]).numpy(),
        series,
        marks=True,
    )


def _rows(found: Distribution, against: Sequence[Manifold | None]) -> tuple[Sequence[object], ...]:
    names = [[found.classes[int(share.argmax())], found.classes[int(share.argmin())]] for share in found.shares]
    ends = [[float(share.max()), float(share.min())] for share in found.shares]
    return found.thresholds, found.kept.tolist(), names, ends, against


def _line(threshold: float, kept: int, names: list[str], ends: list[float], against: Manifold | None) -> str:
    if not kept:
        return f"certainty ≥ {threshold:g}: no latents"
    judged = f"; precision {against.precision:.3f}, coverage {against.coverage:.3f}" if against else ""
    return (
        f"certainty ≥ {threshold:g}: {kept:,} latents; most often {names[0]!r} ({ends[0]:.1%}), "
        f"least {names[1]!r} ({ends[1]:.1%}){judged}"
    )
