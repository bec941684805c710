import pytest
import torch

from glyphspace.latent.norm_law import norm_law, norm_laws
from glyphspace.latent.prior import normal


def test_means_of_a_cloud_shrink_as_the_root_of_their_size_towards_its_shift():
    shift = torch.zeros(100, dtype=torch.float64)
    shift[0] = 1.5
    law = norm_law(normal(4000, 100, 0).double() + shift, (1, 4, 16, 64, 256, 1024), seed=0)
    assert law.shift == pytest.approx(1.5, rel=0.05)
    assert law.spread == pytest.approx(10, rel=0.02)
    torch.testing.assert_close(law.measured, law.expected, rtol=0.05, atol=0.02)
    assert law.measured[0] == pytest.approx((100 + 1.5**2) ** 0.5, rel=0.05)


def test_a_cloud_about_the_origin_has_no_shift_however_few_its_points():
    found = [norm_law(normal(40, 100, seed).double(), (1, 40), seed).shift for seed in range(5)]
    assert sum(found) / 5 < 0.8  # the plain norm of a mean of 40 is 1.6


def test_every_class_with_two_latents_has_a_law_and_large_sizes_are_left_out(labelled):
    laws = norm_laws(labelled.of_class(2, 8), (1, 10, 10_000))
    assert set(laws) == {2, 8}
    assert laws[2].sizes == (1, 10) and laws[2].count == len(labelled.of_class(2))
