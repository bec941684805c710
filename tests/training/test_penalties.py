import pytest
import torch
from torch import nn

from glyphspace.nets import build
from glyphspace.training.penalties import penalties, squared_gradient

REAL = torch.randn(6, 1, 28, 28, generator=torch.Generator().manual_seed(1))
FAKE = torch.randn(6, 1, 28, 28, generator=torch.Generator().manual_seed(2))


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
    expected = (0.7 * REAL + net.w).square().sum((1, 2, 3)).mean()
    torch.testing.assert_close(squared_gradient(net, REAL), expected)


def test_the_penalty_of_a_linear_discriminator_does_not_depend_on_the_image():
    net = Quadratic(0.0)
    expected = net.w.square().sum()
    torch.testing.assert_close(penalties["r1"](net, REAL, FAKE), expected)
    torch.testing.assert_close(penalties["r1"](net, FAKE, REAL), expected)


def test_its_gradient_is_that_of_the_formula():
    net = Quadratic(0.7)
    penalties["r1"](net, REAL, FAKE).backward()
    torch.testing.assert_close(net.w.grad, 2 * (0.7 * REAL + net.w.detach()).mean(0))
    torch.testing.assert_close(net.a.grad, 2 * (REAL * (0.7 * REAL + net.w.detach())).sum((1, 2, 3)).mean())


def test_both_penalties_together_are_the_sum_of_one_on_real_and_one_on_fake():
    for net in (Quadratic(0.7), build("discriminator", "fast", {"width": 4})):
        expected = squared_gradient(net, REAL) + squared_gradient(net, FAKE)
        torch.testing.assert_close(penalties["r1+r2"](net, REAL, FAKE), expected)


def test_the_images_are_left_without_a_gradient():
    images = REAL.clone().requires_grad_()
    penalties["r1"](Quadratic(0.7), images, FAKE).backward()
    assert images.grad is None


def test_no_penalty_is_nothing():
    assert penalties["none"](Quadratic(0.7), REAL, FAKE) == 0


@pytest.mark.parametrize("name", ["fast", "fast-spectral", "reference"])
def test_every_kind_of_discriminator_can_be_penalised(name):
    net = build("discriminator", name, {})
    penalties["r1"](net, REAL[:2], FAKE[:2]).backward()
    assert all(torch.isfinite(p.grad).all() for p in net.parameters() if p.grad is not None)
    assert net.decide.bias.grad is None or (net.decide.bias.grad == 0).all()
