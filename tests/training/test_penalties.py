import pytest
import torch
from torch import nn

from glyphspace.core.randomness import stream
from glyphspace.nets import build, discriminators
from glyphspace.nets.condition import told
from glyphspace.training.penalties import gradients, penalties

REAL = torch.randn(6, 1, 28, 28, generator=torch.Generator().manual_seed(1))
FAKE = torch.randn(6, 1, 28, 28, generator=torch.Generator().manual_seed(2))


def take(name, judge, real, fake, step=0):
    return penalties[name](judge, real, fake, stream(0, "penalty", step))


class Quadratic(nn.Module):
    """D(x) = a ‖x‖² / 2 + w·x, whose gradient is a x + w."""

    def __init__(self, a: float) -> None:
        super().__init__()
        self.a = nn.Parameter(torch.tensor(a))
        self.w = nn.Parameter(torch.randn(1, 28, 28, generator=torch.Generator().manual_seed(3)))

    def forward(self, images):
        return (self.a * images.square() / 2 + self.w * images).sum((1, 2, 3))


def test_the_penalty_is_the_mean_squared_gradient():
    net = Quadratic(0.7)
    expected = (0.7 * REAL + net.w).square().sum((1, 2, 3))
    torch.testing.assert_close(gradients(net, REAL), expected)
    torch.testing.assert_close(take("r1", net, REAL, FAKE), expected.mean() / 2)


def test_the_penalty_of_a_linear_discriminator_does_not_depend_on_the_image():
    net = Quadratic(0.0)
    expected = net.w.square().sum() / 2
    torch.testing.assert_close(take("r1", net, REAL, FAKE), expected)
    torch.testing.assert_close(take("r1", net, FAKE, REAL), expected)


def test_its_gradient_is_that_of_the_formula():
    net = Quadratic(0.7)
    take("r1", net, REAL, FAKE).backward()
    torch.testing.assert_close(net.w.grad, (0.7 * REAL + net.w.detach()).mean(0))
    torch.testing.assert_close(net.a.grad, (REAL * (0.7 * REAL + net.w.detach())).sum((1, 2, 3)).mean())


def test_both_penalties_together_are_the_sum_of_one_on_real_and_one_on_fake():
    for net in (Quadratic(0.7), build("discriminator", "fast", {"width": 4})):
        expected = take("r1", net, REAL, FAKE) + take("r1", net, FAKE, REAL)
        torch.testing.assert_close(take("r1+r2", net, REAL, FAKE), expected)


def test_the_images_are_left_without_a_gradient():
    images = REAL.clone().requires_grad_()
    take("r1", Quadratic(0.7), images, FAKE).backward()
    assert images.grad is None


def test_no_penalty_is_nothing():
    assert take("none", Quadratic(0.7), REAL, FAKE) == 0


def test_the_penalty_of_wasserstein_gans_wants_a_slope_of_1_between_real_and_fake():
    steep = Quadratic(0.0)
    norm = steep.w.detach().norm()
    torch.testing.assert_close(take("wgan-gp", steep, REAL, FAKE), (norm - 1).square())
    with torch.no_grad():
        steep.w.div_(norm)
    assert take("wgan-gp", steep, REAL, FAKE) < 1e-6
    assert torch.isfinite(take("wgan-gp", steep, REAL, REAL))


def test_it_looks_at_one_place_on_each_line_that_its_draw_names():
    seen = []

    def judge(images):
        seen.append(images.detach())
        return images.square().sum((1, 2, 3))

    for step in (0, 0, 1):
        take("wgan-gp", judge, REAL, FAKE, step)
    first, again, other = seen
    assert torch.equal(first, again) and not torch.equal(first, other)
    shares = ((first - REAL) / (FAKE - REAL)).flatten(1)
    torch.testing.assert_close(shares, shares[:, :1].expand_as(shares), rtol=1e-2, atol=1e-2)
    assert ((shares >= 0) & (shares <= 1)).float().mean() > 0.99 and shares[:, 0].unique().numel() == len(REAL)


def test_where_there_is_no_slope_its_gradient_is_finite():
    flat = Quadratic(0.0)
    nn.init.zeros_(flat.w)
    take("wgan-gp", flat, REAL, FAKE).backward()
    assert torch.isfinite(flat.w.grad).all()


@pytest.mark.parametrize("name", discriminators)
@pytest.mark.parametrize("penalty", ["r1", "wgan-gp"])
def test_every_kind_of_discriminator_can_be_penalised(name, penalty):
    net = build("discriminator", name, {})
    labels = torch.tensor([0, 3])
    take(penalty, lambda images: net(images, *told(net, labels)), REAL[:2], FAKE[:2]).backward()
    assert all(torch.isfinite(p.grad).all() for p in net.parameters() if p.grad is not None)
    assert any((p.grad != 0).any() for p in net.parameters() if p.grad is not None)
