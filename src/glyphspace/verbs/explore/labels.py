"""labels: how often each class comes among latents, at which certainty, and what asking for certainty costs."""

from collections.abc import Sequence
from pathlib import Path

import torch
from matplotlib.figure import Figure

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
from .findings import Findings
from .subject import check_thresholds, subject

THRESHOLDS = (0.0, 0.5, 0.8, 0.95, 0.99)
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
    keep: str | Path | None = None,
    progress: Progress = silent,
) -> Findings:
    """The class distribution of `count` latents at several thresholds of certainty, and what a threshold costs.

    Section 3.2 of the assignment "GAN and CNN to conquer MNIST". A million latents are as well as a thousand.

    Args:
        truncation: where normal latents are cut off.
        compared: images that are compared with as many of the test set, for precision and coverage; 0 for none.
        keep: a .safetensors file for all that is labelled, which `latent.archive.open_archive` reads.

    Raises:
        BadInput: no such model, thresholds that are no certainties, or a file of another kind to keep latents in.
    """
    check_thresholds(thresholds)
    if compared < 0:
        raise BadInput(f"{compared} test images cannot be compared with; give 0 for none")
    if keep is not None and Path(keep).suffix != ".safetensors":
        raise BadInput(f"latents are kept in a .safetensors file; {keep} is called otherwise")
    about, draw = subject(model, classifier), Draw(count, seed, prior, truncation)
    nets = about.generator, about.classifier
    if keep is not None:
        parts = write_archive(keep, *nets, draw, progress).parts()
    else:
        parts = chunks(*nets, draw, progress=progress)
    found = tally(parts, sorted(thresholds), compared)
    ends = wilson(found.distribution.counts, found.distribution.kept.unsqueeze(1))
    against, why_not = _against_real(about.generator, found, compared, progress)
    figures = {
        "shares": _share_figure(found.distribution, ends),
        "certainty": certainty_histogram({"generated": found.certainty.double().numpy()}),
    }
    if any(against):
        figures["cost"] = _cost_figure(found.distribution, against)
    return Findings(
        "labels",
        about.told(count=count, seed=seed, prior=prior, truncation=truncation, thresholds=sorted(thresholds)),
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
        summary=(*map(_line, *_rows(found.distribution, against)), *why_not),
    )


def _against_real(
    generator: Model, found: Tally, compared: int, progress: Progress
) -> tuple[list[Manifold | None], tuple[str, ...]]:
    """Precision and its kin at each threshold that leaves enough images; or why there are none."""
    absent: list[Manifold | None] = [None] * len(found.kept)
    if not compared:
        return absent, ()
    try:
        judge = feature_network(generator.dataset, "judging").net
        real = extract(judge, load_dataset(generator.dataset, "test").images[:compared])
    except GlyphspaceError as error:
        return absent, (f"precision and coverage are not measured: {error}",)
    enough = min(compared, len(real))
    against = list(absent)
    for row, images in enumerate(found.kept):
        progress(row, len(found.kept), "precision and coverage")
        if len(images) >= max(enough, FEWEST):
            against[row] = compare_manifolds(real, extract(judge, images[:enough]))
    return against, () if any(against) else (f"precision and coverage take {enough:,} latents at a threshold or more",)


def _share_figure(found: Distribution, ends: torch.Tensor) -> Figure:
    return shares_with_intervals(
        found.classes,
        {
            f"≥ {threshold:g}" if threshold else "all": Shares(share.numpy(), low.numpy(), high.numpy())
            for threshold, share, low, high in zip(found.thresholds, found.shares, *ends, strict=True)
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
    judged = f"; precision {against.precision:.3f}, coverage {against.coverage:.3f}" if against else ""
    return (
        f"certainty ≥ {threshold:g}: {kept:,} latents; most often {names[0]!r} ({ends[0]:.1%}), "
        f"least {names[1]!r} ({ends[1]:.1%}){judged}"
    )
