import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glyphspace.core.randomness import derive_seed, stream

names = st.lists(st.integers(-5, 5) | st.text("ab/:intstr0", max_size=8), max_size=4)


@given(st.integers(0, 3), names, st.integers(0, 3), names)
def test_draws_with_different_names_have_different_seeds(seed, first, other_seed, second):
    same = (seed, first) == (other_seed, second)
    assert (derive_seed(seed, *first) == derive_seed(other_seed, *second)) == same


@given(st.integers(), names)
def test_a_seed_fits_every_generator(seed, some):
    assert 0 <= derive_seed(seed, *some) < 2**63


def test_a_name_that_looks_like_two_is_another_draw():
    assert derive_seed(0, "a", 1) != derive_seed(0, "a/int:1")
    assert derive_seed(0, "1") != derive_seed(0, 1)


def test_seeds_are_the_same_on_every_machine_and_in_every_version():
    assert derive_seed(0) == 6711488920161924273
    assert derive_seed(2026, "latents", 4711) == 8240390421455694771


def test_a_stream_is_a_function_of_its_name_and_leaves_the_global_generator_alone():
    before = torch.random.get_rng_state()
    first, again, other = (torch.randn(4, generator=stream(7, "z", step)) for step in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("name", ["latents", 3])
def test_streams_of_neighbouring_seeds_are_not_alike(name):
    draws = torch.stack([torch.randn(1000, generator=stream(seed, name)) for seed in range(20)])
    off_diagonal = torch.corrcoef(draws) - torch.eye(20)
    assert off_diagonal.abs().max() < 0.15  # 4.7 standard deviations


def test_a_name_that_is_no_text_has_a_seed_too():
    assert derive_seed(0, "a\udcff") != derive_seed(0, "a\udcfe")  # as a file may be called
