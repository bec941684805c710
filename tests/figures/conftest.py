"""Sets of images and numbers that the tests of figures draw."""

import numpy as np
import pytest


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def digits(rng: np.random.Generator) -> np.ndarray:
    """Thirty images with a ground of nothing and a square of ink, uint8 [30, 28, 28]."""
    images = np.zeros((30, 28, 28), dtype=np.uint8)
    images[:, 8:20, 8:20] = rng.integers(1, 256, (30, 12, 12))
    return images
