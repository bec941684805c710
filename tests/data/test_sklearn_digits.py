import numpy as np
from scipy.interpolate import RegularGridInterpolator
from sklearn.datasets import load_digits

from glyphspace.data import load_dataset
from glyphspace.data.sklearn_digits import enlarge


def test_enlarging_is_bilinear_interpolation():
    small = np.random.default_rng(0).integers(0, 17, (3, 8, 8))
    padded = np.pad(small, ((0, 0), (1, 1), (1, 1)))
    along = (np.arange(28) - 13.5) * 8 / 20 + 3.5
    points = np.stack(np.meshgrid(along, along, indexing="ij"), axis=-1)
    for image, large in zip(padded, enlarge(small), strict=True):
        expected = RegularGridInterpolator((range(-1, 9), range(-1, 9)), image, bounds_error=False, fill_value=0)(
            points
        )
        assert np.abs(large - expected * 255 / 16).max() <= 0.5 + 1e-9


def test_digits_are_all_there_with_their_published_hashes():
    train, test = load_dataset("sklearn-digits"), load_dataset("sklearn-digits", "test")
    assert (len(train), len(test)) == (1437, 360)
    assert [*train.labels.tolist(), *test.labels.tolist()] == load_digits().target.tolist()
    assert test.class_counts().min() >= 30
    assert train.images[:, :3].max() == 0  # the margin that MNIST has too
