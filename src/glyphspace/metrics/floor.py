"""The floor: what the judge says of real training images, which no generator can be expected to beat."""

import torch
from jaxtyping import Int64
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..core.randomness import stream
from .feature_set import FeatureSet
from .judge import Judgement, judge


def floor(
    training: FeatureSet,
    test: FeatureSet,
    count: int | None = None,
    k: int = 5,
    seed: int = 0,
    progress: Progress = silent,
) -> Judgement:
    """Judge real training images, in the class frequencies of test images as far as there are enough of them.

    The images that were not drawn are the training images for memorisation.

    Args:
        training, test: real images with their labels.
        count: how many, by default and at most as many as there are test images, and fewer where classes have fewer
            training images. Most figures depend on it.

    Raises:
        BadInput: labels are missing, or `judge` refuses its input.
    """
    if training.labels is None or test.labels is None:
        raise BadInput("a floor needs the labels of the training and of the test images, to draw like with like")
    drawn = matched(test.labels[some_of(len(test), count)], training.labels, seed)
    rest = training.without(drawn)
    return judge(test, training.take(drawn), rest if len(rest) else None, k, seed, progress)


def some_of(all_of_them: int, count: int | None) -> Int64[Tensor, " _"]:
    """Which of so many images stand for all: `count` at random; all in their order, where that is not fewer."""
    if count is None or count >= all_of_them:
        return torch.arange(all_of_them)
    return torch.randperm(all_of_them, generator=stream(0, "some of"))[:count]


def matched(reference: Int64[Tensor, " n"], pool: Int64[Tensor, " m"], seed: int) -> Int64[Tensor, " _"]:
    """Different indices into `pool`, drawn at random, at which it holds the labels of `reference` in their order.

    Of a class that the pool has fewer of, all are taken, and as many fewer come back.
    """
    order = torch.randperm(len(pool), generator=stream(seed, "matched"))
    indices = torch.full_like(reference, -1)
    for label in reference.unique().tolist():
        candidates = order[pool[order] == label]
        places = (reference == label).nonzero().flatten()[: len(candidates)]
        indices[places] = candidates[: len(places)]
    return indices[indices >= 0]
