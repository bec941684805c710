import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from glyphspace.core.errors import BadInput
from glyphspace.nets.dropout import Dropout, LeakyDropout, reseed


def dropped(rate, x, *names, seed=0):
    layer = Dropout(rate)
    reseed(layer, seed, *names)
    return layer(x)


@settings(deadline=None)  # the first draw on a busy machine takes its time
@given(st.integers(0, 255), st.integers(0, 10))
def test_the_mean_is_kept_and_the_rate_is_dropped(bytes_dropped, seed):
    rate, count = bytes_dropped / 256, 40_000
    made = dropped(rate, torch.ones(count), seed=seed)
    share = (made == 0).float().mean().item()
    assert abs(share - rate) < 5 * (rate * (1 - rate) / count) ** 0.5 + 1e-6
    kept = made[made != 0]
    torch.testing.assert_close(kept, torch.full_like(kept, 1 / (1 - rate)))


def test_neighbours_are_dropped_independently():
    gone = (dropped(0.3, torch.ones(400_000)) == 0).float()
    for step in (1, 2, 7, 8, 64):
        correlation = torch.corrcoef(torch.stack([gone[:-step], gone[step:]]))[0, 1]
        assert abs(correlation) < 5 / 400_000**0.5


@given(st.integers(0, 3), st.integers(0, 3))
def test_what_is_dropped_is_a_function_of_the_name_of_the_draw(first, second):
    x = torch.ones(500)
    assert torch.equal(dropped(0.3, x, "step", first), dropped(0.3, x, "step", second)) == (first == second)


def test_a_draw_leaves_the_global_generator_alone_and_does_not_depend_on_it():
    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    made = dropped(0.5, torch.ones(100))
    assert torch.equal(torch.random.get_rng_state(), before)
    torch.manual_seed(2)
    assert torch.equal(dropped(0.5, torch.ones(100)), made)


def test_a_second_pass_drops_other_activations_and_reseeding_begins_again():
    layer, x = Dropout(0.5), torch.ones(100)
    passes = []
    for _ in range(2):
        reseed(layer, 0, 7)
        passes.append((layer(x), layer(x)))
    assert not torch.equal(*passes[0])
    assert all(torch.equal(first, again) for first, again in zip(*passes, strict=True))


def test_each_layer_of_a_net_has_a_draw_of_its_own():
    net = nn.Sequential(Dropout(0.5), Dropout(0.5))
    reseed(net, 0)
    x = torch.ones(100)
    assert not torch.equal(net[0](x), net[1](x))


LAYOUTS = {
    "contiguous": lambda: torch.ones(4, 8, 6, 6),
    "channels last": lambda: torch.ones(4, 8, 6, 6).to(memory_format=torch.channels_last),
    "transposed": lambda: torch.ones(8, 4, 6, 6).transpose(0, 1),
    "with gaps": lambda: torch.ones(4, 8, 12, 6)[:, :, ::2],
    "repeated": lambda: torch.ones(4, 1, 1, 6).expand(4, 8, 6, 6),
    "one number": lambda: torch.ones(()),
    "nothing": lambda: torch.ones(0, 3),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_layout_is_dropped_and_kept(layout):
    x = LAYOUTS[layout]()
    made = dropped(0.5, x)
    assert made.shape == x.shape
    assert made.stride() == torch.empty_like(x).stride()
    if x.numel() > 1:
        assert 0.4 < (made == 0).float().mean() < 0.6
        assert len(made.flatten(2).unique(dim=0)) == len(x)  # no two rows share a mask


def test_a_gradient_flows_where_an_activation_was_kept():
    x = torch.ones(1000, requires_grad=True)
    made = dropped(0.25, x)
    made.sum().backward()
    torch.testing.assert_close(x.grad, made.detach())


@pytest.mark.parametrize("kind", [torch.float64, torch.bfloat16])
def test_the_precision_of_the_activations_is_kept(kind):
    assert dropped(0.3, torch.ones(10, dtype=kind)).dtype == kind


def test_outside_training_and_at_rate_zero_nothing_happens():
    x = torch.randn(10)
    assert Dropout(0.9).eval()(x) is x
    assert Dropout(0.0)(x) is x


@pytest.mark.parametrize("rate", [-0.1, 1.0, 0.999, 2.0, float("nan"), float("inf")])
def test_a_rate_that_keeps_nothing_or_is_none_is_refused(rate):
    with pytest.raises(BadInput, match=f"dropout at a rate of {rate} cannot be"):
        Dropout(rate)


def test_a_net_with_dropout_can_be_copied():
    layer = Dropout(0.5)
    reseed(layer, 3)
    x = torch.ones(50)
    assert torch.equal(copy.deepcopy(layer)(x), layer(x))


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
def test_leaky_dropout_is_leaky_relu_and_then_dropout_there_and_back(kind):
    fused, apart = LeakyDropout(0.25, 0.5), Dropout(0.5)
    reseed(fused, 4)
    reseed(apart, 4)
    x, y = (torch.linspace(-3, 3, 999).to(kind).requires_grad_() for _ in range(2))
    made, wanted = fused(x), apart(nn.functional.leaky_relu(y, 0.25))
    torch.testing.assert_close(made, wanted)
    made.float().square().sum().backward()
    wanted.float().square().sum().backward()
    torch.testing.assert_close(x.grad, y.grad)


def test_leaky_dropout_has_the_second_derivative_that_a_gradient_penalty_takes():
    layer = LeakyDropout(0.2, 0.5)
    x = torch.tensor([-1.5, -0.5, 0.5, 1.5], dtype=torch.float64, requires_grad=True)

    def cubed(x):
        reseed(layer, 0)
        return layer(x) ** 3

    assert torch.autograd.gradgradcheck(cubed, (x,))


def test_outside_training_leaky_dropout_is_leaky_relu():
    x = torch.randn(10)
    assert torch.equal(LeakyDropout(0.2, 0.9).eval()(x), nn.functional.leaky_relu(x, 0.2))
