import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glyphspace.core.errors import BadInput
from glyphspace.data import to_bytes, to_unit
from glyphspace.nets import build
from glyphspace.nets.tones import LEVELS, UNCHANGED, Tones, curve_between

LEVEL = torch.arange(LEVELS, dtype=torch.uint8)


def levels(tones: Tones) -> torch.Tensor:
    """What each of the 256 levels becomes."""
    return to_bytes(tones(to_unit(LEVEL.repeat(4)[: 28 * 28].view(1, 28, 28)))).flatten()[:LEVELS]


def measured(drawn: torch.Tensor, real: torch.Tensor) -> Tones:
    """The tones of a net that takes no condition."""
    tones = Tones().eval()
    tones.learn(curve_between(drawn, real)[None], torch.empty(1, 0))
    return tones


def straight(*heights: float) -> torch.Tensor:
    """Curves that make every level one: those of classes that are easily told apart."""
    return torch.tensor(heights)[:, None].expand(-1, LEVELS)


def some_bytes(low: int = 0, high: int = 255):
    return arrays("uint8", (4, 28, 28), elements=st.integers(low, high)).map(torch.from_numpy)


def test_before_it_is_measured_nothing_changes():
    assert torch.equal(levels(Tones().eval()), LEVEL)


def test_while_it_is_trained_nothing_changes():
    tones = measured(torch.full((1, 28, 28), 3, dtype=torch.uint8), torch.zeros(1, 28, 28, dtype=torch.uint8))
    images = torch.randn(2, 1, 28, 28)
    assert tones.train()(images) is images


@settings(deadline=None)
@given(some_bytes(), some_bytes())
def test_a_darker_level_never_becomes_the_lighter_one(drawn, real):
    assert (levels(measured(drawn, real)).int().diff() >= 0).all()


@settings(deadline=None)
@given(some_bytes())
def test_images_with_the_right_levels_keep_them(images):
    seen = images.unique().long()
    assert torch.equal(levels(measured(images, images))[seen], LEVEL[seen])


def test_a_haze_becomes_paper_and_ink_stays_ink():
    real = torch.zeros(8, 28, 28, dtype=torch.uint8)
    real[:, 10:18, 10:18] = 250
    hazy = torch.where(real > 0, 240, torch.randint(0, 4, real.shape)).to(torch.uint8)
    assert torch.equal(to_bytes(measured(hazy, real)(to_unit(hazy))), real)


@settings(deadline=None)
@given(some_bytes(), some_bytes())
def test_a_slope_is_that_of_the_curve(drawn, real):
    tones = measured(drawn, real).double()
    x = torch.linspace(-0.99, 0.99, 40, dtype=torch.float64).view(1, 1, 5, 8) + 1e-4
    assert torch.autograd.gradcheck(tones, (x.requires_grad_(True),), eps=1e-7, atol=1e-4)


def test_a_slope_along_the_condition_is_that_of_the_mixture():
    tones = Tones(3, 4).double().eval()
    places = torch.randn(4, 3, dtype=torch.float64)
    tones.learn(torch.tensor(UNCHANGED, dtype=torch.float64) * torch.linspace(0.2, 1, 4)[:, None], places)
    images = torch.linspace(-0.9, 0.9, 8, dtype=torch.float64).view(2, 1, 2, 2)
    between = (places[:2] + places[2:]) / 2
    assert torch.autograd.gradcheck(lambda condition: tones(images, condition), (between.requires_grad_(True),))


def test_each_class_has_its_curve_and_points_between_have_curves_in_between():
    tones = Tones(2, 3).eval()
    places = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 3.0]])
    tones.learn(straight(-0.5, 0.5, 1.0), places)
    image = torch.zeros(1, 1, 1, 1)

    def level(x: float, y: float) -> float:
        return float(tones(image, torch.tensor([[x, y]], dtype=torch.float32)))

    assert [level(0, 0), level(1, 0), level(0, 3)] == pytest.approx([-0.5, 0.5, 1.0], abs=1 / LEVELS)
    assert level(0.5, 0) == pytest.approx(0, abs=0.01)
    walk = [level(x / 20, 0) for x in range(21)]
    assert walk == sorted(walk)
    assert -0.5 <= level(50, -70) <= 1.0  # far from all of them too


def test_far_conditions_have_the_curve_of_the_class_that_is_nearest():
    tones = Tones(8, 5).eval()
    generator = torch.Generator().manual_seed(0)
    places = torch.randn(5, 8, generator=generator)
    tones.learn(straight(-1, -0.5, 0, 0.5, 1), places)
    far = 30 * torch.randn(50, 8, generator=generator)
    nearest = torch.cdist(far, places).argmin(1)
    found = tones(torch.zeros(50, 1, 2, 2), far)[:, 0, 0, 0]
    assert torch.allclose(found, straight(-1, -0.5, 0, 0.5, 1)[nearest, 0], atol=0.05)


def test_under_autocast_the_levels_are_nearly_the_same():
    tones = Tones(8, 5).eval()
    generator = torch.Generator().manual_seed(0)
    places = torch.randn(5, 8, generator=generator)
    tones.learn(torch.tensor(UNCHANGED) * torch.linspace(0.5, 1, 5)[:, None], places)
    images = torch.rand(5, 1, 4, 4, generator=generator) * 2 - 1
    with torch.autocast("cpu", torch.bfloat16):
        found = tones(images.bfloat16(), places)
    assert torch.allclose(found.float(), tones(images, places), atol=0.02)


def test_classes_that_share_a_place_share_their_curves():
    tones = Tones(2, 3).eval()
    places = torch.tensor([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    tones.learn(straight(-0.5, 0.5, 1.0), places)
    found = tones(torch.zeros(3, 1, 1, 1), places).flatten().tolist()
    assert found == pytest.approx([0, 0, 1], abs=1e-3)


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
    with pytest.raises(BadInput, match="one layer of tones is enough, not 2"):
        build("generator", "fast", {"tones": 2})
