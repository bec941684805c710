"""Clouds of features, and images as judges see them, for the tests of this room."""

import torch
from hypothesis import strategies as st
from torch import Tensor

from glyphspace.core.randomness import stream
from glyphspace.metrics.feature_set import FeatureSet

seeds = st.integers(0, 2**32 - 1)


def cloud(seed: int, rows: int = 60, width: int = 4) -> Tensor:
    """Correlated float32 features [rows, width], away from the origin, the same for the same arguments."""
    draws = stream(seed, "cloud", rows, width)
    mixing = torch.randn(width, width, generator=draws)
    return torch.randn(rows, width, generator=draws) @ mixing + 3 * torch.randn(width, generator=draws)


def shuffled(features: Tensor, seed: int) -> Tensor:
    """The rows of `features` in another order."""
    return features[torch.randperm(len(features), generator=stream(seed, "order"))]


def images_of(name, rows):
    """Random images of three classes with features that follow the class, and a sure classifier."""
    draws = stream(0, "set", name)
    labels = torch.randint(0, 3, (rows,), generator=draws)
    return FeatureSet(
        features=torch.eye(3)[labels] * 4 + torch.randn(rows, 3, generator=draws),
        labels=labels,
        probabilities=torch.eye(3)[labels] * 0.97 + 0.01,
        images=torch.randint(0, 256, (rows, 28, 28), dtype=torch.uint8, generator=draws),
    )
