"""Scores from a classifier of this domain: is each image some class for certain, and do all classes come?"""

import math

import torch
from jaxtyping import Float, Float64, Int64
from torch import Tensor

from ..core.errors import BadInput


def classifier_score(probabilities: Float[Tensor, "n classes"]) -> float:
    """exp of the mean KL(p(y|x) ‖ p(y)), from 1 to the number of classes, over all rows at once.

    This is the inception score (Salimans et al. 2016) with a classifier that knows the domain; read it beside the score
    of real images.

    Raises:
        BadInput: there are no rows, or rows that are not probabilities.
    """
    p = probabilities.double()
    if len(p) == 0:
        raise BadInput("a classifier score needs at least one image")
    if not (p >= 0).all() or not torch.allclose(p.sum(dim=1), p.new_ones(()), atol=1e-3):
        raise BadInput("a classifier score needs probabilities: rows that are not negative and sum to 1")
    mean_entropy = -float(torch.special.xlogy(p, p).sum(dim=1).mean())
    return math.exp(_nats(p.mean(dim=0)) - mean_entropy)


def class_shares(labels: Int64[Tensor, " n"], n_classes: int) -> Float64[Tensor, " classes"]:
    """The share of `labels` that each class has; they sum to 1.

    Raises:
        BadInput: there are no labels, or some lie outside the classes.
    """
    if len(labels) == 0:
        raise BadInput("class shares need at least one label")
    if not 0 <= int(labels.min()) <= int(labels.max()) < n_classes:
        raise BadInput(f"there are labels outside the {n_classes} classes")
    return torch.bincount(labels, minlength=n_classes).double() / len(labels)


def class_entropy(shares: Float64[Tensor, " classes"]) -> float:
    """The entropy of class shares in bits: log2 of the number of classes when all come equally often."""
    return max(_nats(shares) / math.log(2), 0.0)


def smallest_share(shares: Float64[Tensor, " classes"]) -> float:
    """The share of the rarest class; 0 when one never comes."""
    return float(shares.min())


def total_variation(shares: Float64[Tensor, " classes"], reference: Float64[Tensor, " _"]) -> float:
    """Half the summed difference of two class distributions: the share of images that would have to change class.

    Raises:
        BadInput: the two have different numbers of classes.
    """
    if len(shares) != len(reference):
        raise BadInput(f"{len(shares)} class shares cannot be compared with {len(reference)}")
    return float((shares - reference).abs().sum() / 2)


def label_accuracy(predicted: Int64[Tensor, " n"], asked: Int64[Tensor, " _"]) -> float:
    """The share of images that the classifier takes for the class they should be.

    Raises:
        BadInput: there are no labels, or not one of each for every image.
    """
    if len(predicted) != len(asked) or len(asked) == 0:
        raise BadInput(f"label accuracy needs a prediction for each label: {len(predicted)} for {len(asked)}")
    return float((predicted == asked).double().mean())


def _nats(shares: Float64[Tensor, " classes"]) -> float:
    return 0.0 - float(torch.special.xlogy(shares, shares).sum())
