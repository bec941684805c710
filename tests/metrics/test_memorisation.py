import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.errors import BadInput
from glyphspace.core.randomness import stream
from glyphspace.metrics.memorisation import memorisation, nearest_images

from .clouds import seeds


def images(seed, rows):
    return torch.randint(0, 256, (rows, 28, 28), dtype=torch.uint8, generator=stream(seed, "images"))


def test_copies_of_training_images_are_found_at_distance_zero():
    training = images(0, 40)
    found = nearest_images(training[[5, 31]], training)
    assert found.indices.tolist() == [5, 31]
    assert found.distances.tolist() == [0, 0]


def test_ground_and_full_ink_are_one_apart_in_a_pixel():
    blank = torch.zeros(1, 28, 28, dtype=torch.uint8)
    dot = blank.clone()
    dot[0, 3, 4] = 255
    assert nearest_images(dot, blank).distances.tolist() == [1]
    assert nearest_images(blank + 255, blank).distances.tolist() == [28]


@given(seeds, st.integers(1, 500))
def test_the_search_in_integers_finds_what_whole_arithmetic_finds(seed, block):
    some, training = images(seed, 12), images(seed + 1, 30)
    exact = (some.long().flatten(1)[:, None] - training.long().flatten(1)).square().sum(dim=2)
    found = nearest_images(some, training, block)
    assert torch.equal(exact.gather(1, found.indices[:, None])[:, 0], exact.amin(dim=1))
    torch.testing.assert_close(found.distances, exact.amin(dim=1).double().sqrt() / 255)


def test_images_as_new_as_test_images_show_no_memory():
    real = torch.linspace(1, 2, 1000, dtype=torch.float64)
    figures = memorisation(real.flip(0), real)
    assert figures.ratio == 1
    assert figures.median == figures.real_median == pytest.approx(1.5)
    assert figures.closer_share == pytest.approx(0.01)


def test_copies_show():
    figures = memorisation(torch.zeros(5, dtype=torch.float64), torch.ones(9, dtype=torch.float64))
    assert (figures.ratio, figures.closer_share) == (0, 1)


def test_no_ratio_is_given_where_test_images_are_themselves_copies():
    zeros = torch.zeros(5, dtype=torch.float64)
    assert memorisation(zeros, zeros).ratio is None


def test_missing_distances_are_refused():
    with pytest.raises(BadInput, match="needs distances"):
        memorisation(torch.zeros(0, dtype=torch.float64), torch.ones(2, dtype=torch.float64))
