import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi

from glyphspace.latent.shell import held, shell


@given(st.integers(1, 500))
def test_the_shell_is_the_central_part_of_the_chi_distribution(z_dim):
    assert shell(z_dim) == pytest.approx(chi.ppf([0.005, 0.995], z_dim), rel=1e-6)


@given(st.floats(1e-3, 1e3), st.integers(2, 128))
def test_latents_are_held_in_the_shell_and_keep_their_direction(scale, z_dim):
    latents = scale * torch.randn(20, z_dim, generator=torch.Generator().manual_seed(0))
    kept, (low, high) = held(latents), shell(z_dim)
    assert low <= kept.norm(dim=1).min() <= kept.norm(dim=1).max() <= high
    assert torch.cosine_similarity(kept, latents).min() > 0.9999


def test_who_lies_in_the_shell_stays():
    latents = torch.full((1, 64), 1.0)
    assert torch.equal(held(latents), latents)
