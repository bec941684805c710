"""distances: how far latents lie from the mean latents, and how much of the label can be told from z."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure

from ...core.errors import BadInput
from ...core.progress import Progress, silent
from ...figures.many_lines import many_lines
from ...figures.matrix import matrix
from ...latent.distances import NEIGHBOURS, RULES, THRESHOLDS, Told, distance_matrix, in_sample_mdm, told_from
from ...latent.labelled import LabelledLatents
from ...latent.means import mean_latents, norms
from ...nets.model import Model
from .findings import Findings
from .subject import certain, check_thresholds, draw, lowered, subject

SURE = 0.95  # the certainty of latents that means are taken of, if enough have it
FEWEST = 20  # latents at a threshold
IN_SAMPLE = "MDM asked about its own latents"
FROM_IMAGES = f"{NEIGHBOURS} nearest neighbours, of images"


def distances(
    model: str | Path | Model,
    *,
    classifier: str | Path | Model | None = None,
    count: int = 10_000,
    seed: int = 0,
    prior: str = "normal",
    thresholds: Sequence[float] = THRESHOLDS,
    progress: Progress = silent,
) -> Findings:
    """Norms, distances to the means, and MDM, neighbours and a linear probe against the classifier.

    Section 3.4 of the assignment "GAN and CNN to conquer MNIST". Each rule sees half of the latents with their labels
    and is asked about the other half; thresholds that too few latents reach are left out.
    """
    check_thresholds(thresholds)
    about = subject(model, classifier)
    labelled = draw(about, count, seed, prior, progress)
    if len(labelled) < FEWEST:
        raise BadInput(f"{len(labelled)} latents are too few to tell labels from; ask for {FEWEST} or more")
    usable = [one for one in sorted(thresholds) if int((labelled.certainty >= one).sum()) >= max(FEWEST, count // 100)]
    threshold, some = certain(labelled, SURE)
    means = mean_latents(some)
    far = distance_matrix(some, means)
    told = _tell(labelled, usable or [0.0], progress)
    classes = labelled.classes
    return Findings(
        "distances",
        about.told(count=count, seed=seed, prior=prior, thresholds=usable),
        {
            "classes": classes,
            "norm of samples": {"mean": norms(labelled.latents).mean(), "deviation": norms(labelled.latents).std()},
            "norm of means": norms(means.latents),
            "certainty of the latents that means are taken of": threshold,
            "distance of latents (rows) to means (columns)": far,
            "agreement with the classifier": {
                rule: [{"certainty": one.threshold, "agreement": one.agreement, "matrix": one.matrix} for one in found]
                for rule, found in told.items()
            },
        },
        {
            "means": matrix(far.numpy(), classes, classes, "class of the latents", "mean latent"),
            "agreement": many_lines(
                "share of latents given the classifier's label",
                "certainty of the latents, at least",
                np.array([one.threshold for one in next(iter(told.values()))]),
                {rule: np.array([one.agreement for one in found]) for rule, found in told.items()},
            ),
            **{f"mdm-{one.threshold:g}": _agreement(one, classes) for one in _first_and_last(told)},
        },
        summary=(
            *lowered(SURE, threshold),
            *(f"too few latents reach {one:g}: left out" for one in sorted(set(thresholds) - set(usable))),
            *(
                f"{rule}: {', '.join(f'{one.agreement:.1%} at {one.threshold:g}' for one in found)}"
                for rule, found in told.items()
            ),
        ),
    )


def _tell(labelled: LabelledLatents, thresholds: Sequence[float], progress: Progress) -> dict[str, list[Told]]:
    told = {}
    for done, rule in enumerate(RULES):
        progress(done, len(RULES) + 1, rule)
        told[rule] = told_from(rule, labelled, thresholds)
    images = labelled.images.flatten(1).float()
    told[FROM_IMAGES] = told_from(f"{NEIGHBOURS} nearest neighbours", labelled, thresholds, points=images)
    told[IN_SAMPLE] = [in_sample_mdm(labelled, threshold) for threshold in thresholds]
    return told


def _first_and_last(told: dict[str, list[Told]]) -> list[Told]:
    found = next(iter(told.values()))
    return [found[0], found[-1]] if len(found) > 1 else found


def _agreement(told: Told, classes: Sequence[str]) -> Figure:
    shares = told.matrix / torch.where((rows := told.matrix.sum(dim=1)) > 0, rows, torch.nan).unsqueeze(1)
    return matrix(shares.numpy(), classes, classes, "class by the classifier", "class by the nearest mean")
