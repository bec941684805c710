"""Distances to the mean latents, and what can be told of a label from z alone.

Section 3.4 of the assignment "GAN and CNN to conquer MNIST": minimum distance to mean (MDM) against the CNN. A rule
that is fitted to the latents it is asked about agrees more than it should, so every rule here is fitted to one half
and asked about the other; nearest neighbours and a linear probe stand beside MDM, and always saying the commonest
class below all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from jaxtyping import Float, Float64, Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.randomness import stream
from .labelled import LabelledLatents
from .means import MeanLatents, mean_latents

NEIGHBOURS = 15
THRESHOLDS = (0.0, 0.5, 0.8, 0.95, 0.98)

Points = Float[Tensor, "n d"]
Labels = Int64[Tensor, " m"]


def distances_to_means(latents: Float[Tensor, "n z"], means: MeanLatents) -> Float64[Tensor, "n classes"]:
    """Euclidean distances; infinite to a class without latents, which has no mean."""
    found = torch.cdist(latents.double(), means.latents.double(), compute_mode="donot_use_mm_for_euclid_dist")
    found[:, means.counts == 0] = torch.inf
    return found


def distance_matrix(labelled: LabelledLatents, means: MeanLatents) -> Float64[Tensor, "classes classes"]:
    """The mean distance of the latents of each class (rows) to each mean (columns); NaN where there are none."""
    classes = len(labelled.classes)
    far = distances_to_means(labelled.latents, means)
    far[:, means.counts == 0] = torch.nan
    counts = torch.bincount(labelled.labels, minlength=classes)
    sums = torch.zeros(classes, classes, dtype=torch.float64).index_add_(0, labelled.labels, far)
    return sums / torch.where(counts > 0, counts, torch.nan).double().unsqueeze(1)


def mdm(fitted: Points, labels: Labels, asked: Float[Tensor, "k d"]) -> Int64[Tensor, " k"]:
    """Minimum distance to mean: the class of `fitted` whose mean is nearest to each point that is asked about."""
    present = labels.unique()
    means = torch.stack([fitted[labels == label].double().mean(dim=0) for label in present])
    return present[torch.cdist(asked.double(), means).argmin(dim=1)]


def neighbours(fitted: Points, labels: Labels, asked: Float[Tensor, "k d"]) -> Int64[Tensor, " k"]:
    """The commonest class among the 15 nearest points of `fitted`."""
    from sklearn.neighbors import KNeighborsClassifier

    rule = KNeighborsClassifier(min(NEIGHBOURS, len(fitted))).fit(fitted.numpy(), labels.numpy())
    return torch.from_numpy(rule.predict(asked.numpy()))


def linear_probe(fitted: Points, labels: Labels, asked: Float[Tensor, "k d"]) -> Int64[Tensor, " k"]:
    """What a logistic regression on `fitted` says: the best that a linear rule can do, or near it."""
    if len(labels.unique()) == 1:
        return labels[:1].expand(len(asked)).clone()
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rule = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500, tol=1e-3))
    return torch.from_numpy(rule.fit(fitted.numpy(), labels.numpy()).predict(asked.numpy()))


def commonest(fitted: Points, labels: Labels, asked: Float[Tensor, "k d"]) -> Int64[Tensor, " k"]:
    """The commonest class of `fitted`, whatever is asked about: what can be told without looking."""
    return labels.mode().values.expand(len(asked)).clone()


RULES: dict[str, Callable[[Tensor, Tensor, Tensor], Tensor]] = {
    "nearest mean (MDM)": mdm,
    "15 nearest neighbours": neighbours,
    "linear probe": linear_probe,
    "commonest class": commonest,
}


@dataclass(frozen=True, eq=False)
class Told:
    """How far a rule that sees points alone agrees with the classifier that sees images.

    Attributes:
        threshold: the certainty of the latents that it was fitted to and asked about.
        agreement: the share of the latents asked about that both give the same class.
        matrix: int64 [classes, classes], by the classifier's class (rows) and the rule's (columns).
    """

    threshold: float
    agreement: float
    matrix: Int64[Tensor, "classes classes"]


def told_from(
    rule: str, labelled: LabelledLatents, thresholds: Sequence[float] = THRESHOLDS, points: Points | None = None
) -> list[Told]:
    """What `rule`, a name in `RULES`, tells of the latents with each certainty, fitted to a half that chance chose.

    Args:
        points: what is looked at in place of the latents themselves, row by row; images, for example.

    Raises:
        BadInput: fewer than two latents are that certain.
    """
    seen = labelled.latents if points is None else points
    found = []
    for threshold in thresholds:
        rows = (labelled.certainty >= threshold).nonzero().flatten()
        if len(rows) < 2:
            raise BadInput(f"{len(rows)} latents have a certainty of {threshold:g}; draw more, or ask for less")
        # By chance, since the latents of a conditional generator come class by class.
        mixed = rows[torch.randperm(len(rows), generator=stream(0, "halves"))]
        fitted, asked = mixed[::2], mixed[1::2]
        says = RULES[rule](seen[fitted], labelled.labels[fitted], seen[asked])
        found.append(_compare(threshold, labelled.labels[asked], says, len(labelled.classes)))
    return found


def in_sample_mdm(labelled: LabelledLatents, threshold: float) -> Told:
    """MDM asked about the very latents that its means were taken of, as the documents ask it."""
    some = labelled.above(threshold)
    says = distances_to_means(some.latents, mean_latents(some)).argmin(dim=1)
    return _compare(threshold, some.labels, says, len(labelled.classes))


def _compare(threshold: float, labels: Tensor, says: Tensor, classes: int) -> Told:
    matrix = torch.bincount(labels * classes + says, minlength=classes * classes).reshape(classes, classes)
    return Told(threshold, float((labels == says).double().mean()), matrix)
