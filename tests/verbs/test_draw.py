"""draw: what a generator draws, without a classifier; and the same as sample draws with one."""

from pathlib import Path

import numpy as np
import pytest
import torch

import glyphspace
from glyphspace.core.errors import BadInput
from glyphspace.nets import Model, build


@pytest.fixture
def own() -> Model:
    """A generator of images that nobody but its maker knows."""
    net = build("generator", "fast", {"z_dim": 8, "width": 8}).eval()
    return Model(net, "generator", "fast", {"z_dim": 8, "width": 8}, "stamps", ("penny", "shilling"))


def test_a_generator_of_images_of_ones_own_is_looked_at_without_a_classifier(own: Model, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="glyphspace draw draws too"):
        glyphspace.sample(own, out=tmp_path / "x.png")
    drawn = glyphspace.draw(own, count=5, out=tmp_path / "x.npz")
    assert drawn.images.shape == (5, 28, 28)
    kept = np.load(tmp_path / "x.npz")
    assert set(kept) == {"images", "latents"}
    assert np.array_equal(kept["latents"], drawn.latents)
    assert torch.equal(glyphspace.draw(own, count=3).latents, drawn.latents[:3])


@pytest.mark.parametrize(("model", "count"), [("digits", 20), ("digits-best", 23), ("digits-best", 4)])
def test_it_draws_what_sample_draws(model: str, count: int) -> None:
    drawn, sampled = glyphspace.draw(model, count=count, seed=3), glyphspace.sample(model, count=count, seed=3)
    assert torch.equal(drawn.latents, sampled.latents)
    assert torch.equal(drawn.images, sampled.images)
    if sampled.asked is not None:
        assert drawn.labels is not None
        assert torch.equal(drawn.labels, sampled.asked)


def test_truncation_keeps_far_values_out(own: Model) -> None:
    assert glyphspace.draw(own, truncation=0.5).latents.abs().max() <= 0.5
    with pytest.raises(BadInput, match="bounded already"):
        glyphspace.draw(own, prior="uniform", truncation=0.5)


def test_what_cannot_be_drawn_is_refused(own: Model, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="1 or more"):
        glyphspace.draw(own, count=0)
    with pytest.raises(BadInput, match="must end in"):
        glyphspace.draw(own, out=tmp_path / "x.jpg")
    with pytest.raises(BadInput, match="a generator is needed"):
        glyphspace.draw("mnist-classifier")
