import pytest
import torch
from scipy import stats

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.latent.prior import normal
from glyphspace.latent.truncation import draw_latents, truncate


@pytest.mark.parametrize("limit", [0.5, 1.0, 2.0, 4.0])
def test_values_follow_the_truncated_normal_law(limit):
    drawn = truncate(normal(500, 40, 0), limit)
    assert drawn.abs().max() <= limit
    assert stats.kstest(drawn.flatten().double().numpy(), stats.truncnorm(-limit, limit).cdf).pvalue > 0.01


def test_values_keep_their_order_and_a_wide_limit_changes_nothing():
    latents = normal(3, 50, 0)
    assert torch.equal(truncate(latents, 1.0).flatten().argsort(), latents.flatten().argsort())
    torch.testing.assert_close(truncate(latents, 8.0), latents)
    assert torch.isfinite(truncate(torch.tensor([[-40.0, 40.0]]), 2.0)).all()


def test_latents_are_drawn_by_the_name_of_their_prior_and_cut_off_where_that_makes_sense():
    assert torch.equal(draw_latents("normal", None, 5, 3, 0, "x", start=2), normal(5, 3, 0, "x", start=2))
    assert torch.equal(draw_latents("normal", 1.5, 5, 3, 0), truncate(normal(5, 3, 0), 1.5))
    with pytest.raises(BadInput, match="bounded already"):
        draw_latents("uniform", 1.0, 5, 3, 0)
    with pytest.raises(UnknownName, match="normal"):
        draw_latents("norml", None, 5, 3, 0)
    for limit in (0.0, -1.0, float("nan")):
        with pytest.raises(BadInput, match="above 0"):
            truncate(normal(1, 3, 0), limit)
