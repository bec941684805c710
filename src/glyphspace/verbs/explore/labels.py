"""labels: how often each class comes among the latents that a generator is given, and at which certainty."""

from collections.abc import Sequence
from pathlib import Path

from ...core.errors import BadInput
from ...core.progress import Progress, silent
from ...figures.distributions import certainty_histogram
from ...figures.intervals import Shares, shares_with_intervals
from ...latent.distribution import distribution
from ...latent.intervals import wilson
from ...nets.model import Model
from .findings import Findings
from .subject import draw, subject

THRESHOLDS = (0.0, 0.5, 0.8, 0.95, 0.99)


def labels(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    count: int = 10_000,
    seed: int = 0,
    prior: str = "normal",
    thresholds: Sequence[float] = THRESHOLDS,
    progress: Progress = silent,
) -> Findings:
    """The class distribution of `count` latents at several thresholds of certainty, with Wilson intervals.

    Section 3.2 of the assignment "GAN and CNN to conquer MNIST".

    Raises:
        BadInput: no such model, or thresholds that are no certainties.
    """
    if not thresholds or not all(0 <= threshold <= 1 for threshold in thresholds):
        raise BadInput(f"thresholds are certainties between 0 and 1; these are {', '.join(map(str, thresholds))}")
    about = subject(model, classifier)
    labelled = draw(about, count, seed, prior)
    found = distribution(labelled, sorted(thresholds))
    ends = wilson(found.counts, found.kept.unsqueeze(1))
    shares = {
        f"≥ {threshold:g}" if threshold else "all": Shares(share.numpy(), low.numpy(), high.numpy())
        for threshold, share, low, high in zip(found.thresholds, found.shares, *ends, strict=True)
    }
    return Findings(
        "labels",
        about.told(count=count, seed=seed, prior=prior, thresholds=found.thresholds),
        {
            "classes": found.classes,
            "kept": found.kept / count,
            "counts": found.counts,
            "shares": found.shares,
            "low": ends[0],
            "high": ends[1],
        },
        {
            "shares": shares_with_intervals(found.classes, shares),
            "certainty": certainty_histogram({"generated": labelled.certainty.double().numpy()}),
        },
        summary=tuple(
            f"certainty ≥ {threshold:g}: {kept / count:.1%} of {count:,} latents; most often "
            f"{found.classes[int(share.argmax())]!r} ({float(share.max()):.1%}), "
            f"rarest {found.classes[int(share.argmin())]!r} ({float(share.min()):.1%})"
            for threshold, kept, share in zip(found.thresholds, found.kept.tolist(), found.shares, strict=True)
        ),
    )
