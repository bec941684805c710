import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glyphspace.core.errors import BadInput
from glyphspace.data import to_bytes, to_unit
from glyphspace.nets import build
from glyphspace.nets.tones import LEVELS, Tones

LEVEL = torch.arange(LEVELS, dtype=torch.uint8)


def levels(tones: Tones) -> torch.Tensor:
    """What each of the 256 levels becomes."""
    return to_bytes(tones(to_unit(LEVEL.repeat(4)[: 28 * 28].view(1, 28, 28)))).flatten()[:LEVELS]


def some_bytes(low: int = 0, high: int = 255):
    return arrays("uint8", (4, 28, 28), elements=st.integers(low, high)).map(torch.from_numpy)


def test_before_it_is_measured_nothing_changes():
    assert torch.equal(levels(Tones().eval()), LEVEL)


def test_while_it_is_trained_nothing_changes():
    tones = Tones()
    tones.measure(torch.full((1, 28, 28), 3, dtype=torch.uint8), torch.zeros(1, 28, 28, dtype=torch.uint8))
    images = torch.randn(2, 1, 28, 28)
    assert tones.train()(images) is images


@settings(deadline=None)
@given(some_bytes(), some_bytes())
def test_a_darker_level_never_becomes_the_lighter_one(drawn, real):
    tones = Tones().eval()
    tones.measure(drawn, real)
    assert (levels(tones).int().diff() >= 0).all()


@settings(deadline=None)
@given(some_bytes())
def test_images_with_the_right_levels_keep_them(images):
    tones = Tones().eval()
    tones.measure(images, images)
    seen = images.unique().long()
    assert torch.equal(levels(tones)[seen], LEVEL[seen])


def test_a_haze_becomes_paper_and_ink_stays_ink():
    real = torch.zeros(8, 28, 28, dtype=torch.uint8)
    real[:, 10:18, 10:18] = 250
    hazy = torch.where(real > 0, 240, torch.randint(0, 4, real.shape)).to(torch.uint8)
    tones = Tones().eval()
    tones.measure(hazy, real)
    assert torch.equal(to_bytes(tones(to_unit(hazy))), real)


@settings(deadline=None)
@given(some_bytes(), some_bytes())
def test_a_slope_is_that_of_the_curve(drawn, real):
    tones = Tones().double().eval()
    tones.measure(drawn, real)
    x = torch.linspace(-0.99, 0.99, 40, dtype=torch.float64).view(1, 1, 5, 8) + 1e-4
    assert torch.autograd.gradcheck(tones, (x.requires_grad_(True),), eps=1e-7, atol=1e-4)


def test_what_lies_beyond_the_ends_stays_within_them():
    assert torch.equal(Tones().eval()(torch.tensor([[[[-1.5, 1.5]]]])).clamp(-1, 1), torch.tensor([[[[-1.0, 1.0]]]]))


@pytest.mark.parametrize("name", ["fast", "conditional"])
def test_a_generator_with_tones_is_trained_as_one_without(name):
    torch.manual_seed(0)
    plain = build("generator", name, {"width": 8})
    torch.manual_seed(0)
    toned = build("generator", name, {"width": 8, "tones": 1})
    z = torch.randn(4, plain.z_dim)
    given = (z, plain.embed(torch.arange(4))) if name == "conditional" else (z,)
    assert torch.equal(plain.train()(*given), toned.train()(*given))


def test_what_is_no_number_stays_none_and_ends_nothing():
    assert Tones().eval()(torch.full((1, 1, 2, 2), torch.nan)).isnan().all()


def test_more_than_one_curve_is_refused():
    with pytest.raises(BadInput, match="one curve of tones is enough, not 2"):
        build("generator", "fast", {"tones": 2})
