import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from glyphspace.core.errors import UnknownName
from glyphspace.latent.prior import BLOCK, normal, priors, symmetric, uniform

EVERY = pytest.mark.parametrize("prior", list(priors.values()), ids=list(priors))


@EVERY
@given(start=st.integers(0, 3 * BLOCK), count=st.integers(0, 2 * BLOCK))
def test_a_latent_is_the_same_however_many_are_drawn_at_a_time(prior, start, count):
    whole = prior(start + count, 3, 7, "any", 4)
    assert torch.equal(prior(count, 3, 7, "any", 4, start=start), whole[start:])


@EVERY
def test_seed_and_names_each_make_other_latents(prior):
    draws = [prior(4, 5, 0), prior(4, 5, 1), prior(4, 5, 0, "name"), prior(4, 5, 0, "name", 1)]
    assert len({draw.numpy().tobytes() for draw in draws}) == 4
    assert torch.equal(draws[3], prior(4, 5, 0, "name", 1))


@pytest.mark.parametrize(
    ("prior", "law", "norm"),
    [
        (normal, stats.norm, math.sqrt(100)),
        (uniform, stats.uniform, math.sqrt(100 / 3)),
        (symmetric, stats.uniform(-1, 2), math.sqrt(100 / 3)),
    ],
)
def test_latents_follow_the_law_of_their_prior(prior, law, norm):
    drawn = prior(1000, 100, 0, "law")
    assert stats.kstest(drawn.flatten().numpy(), law.cdf).pvalue > 0.01
    assert drawn.norm(dim=1).mean() == pytest.approx(norm, rel=0.02)


def test_normal_latents_are_those_of_every_machine():
    known = ["0x1.10bec80000000p+0", "-0x1.7dc6be0000000p+0", "-0x1.daae4a0000000p-1"]
    assert [number.hex() for number in normal(1, 3, 2026, "message")[0].tolist()] == known


def test_unknown_prior_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownName, match="normal"):
        priors["norml"]
