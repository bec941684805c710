import copy

import pytest
import torch
from torch import nn

from glyphspace.core.errors import BadInput
from glyphspace.training.optimise import optimizers, restore_state, set_rate, state_of

X = torch.randn(8, 1, 9, 9, generator=torch.Generator().manual_seed(5))


def net(seed=0):
    torch.manual_seed(seed)
    layers = nn.Sequential(nn.Conv2d(1, 4, 3), nn.Tanh(), nn.Flatten(), nn.Linear(4 * 7 * 7, 2))
    return layers.to(memory_format=torch.channels_last)


def step(model, optimizer):
    optimizer.zero_grad()
    model(X).square().mean().backward()
    optimizer.step()


def same(one, two):
    return all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))


@pytest.mark.parametrize("name", optimizers)
def test_restored_memory_goes_on_to_the_bit(name):
    ours, optimizer = (model := net()), optimizers[name](model.parameters(), 0.01, (0.9, 0.99), 1e-2)
    for _ in range(3):
        step(ours, optimizer)
    memory = {key: tensor.contiguous().clone() for key, tensor in state_of(optimizer).items()}
    theirs = copy.deepcopy(ours)
    other = optimizers[name](theirs.parameters(), 0.01, (0.9, 0.99), 1e-2)
    restore_state(other, memory)
    for _ in range(3):
        step(ours, optimizer)
        step(theirs, other)
    assert same(ours, theirs)
    again = state_of(other)
    assert again.keys() == memory.keys()
    assert all(torch.equal(tensor, again[key]) for key, tensor in state_of(optimizer).items())


def test_adam_is_torchs_adam_with_decay_on_weights_alone():
    ours, theirs = net(), net()
    optimizer = optimizers["adam"](ours.parameters(), 0.01, (0.5, 0.99), 0.1)
    plain = [p for p in theirs.parameters() if p.ndim == 1]
    decayed = [p for p in theirs.parameters() if p.ndim > 1]
    reference = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.1}, {"params": plain, "weight_decay": 0}], lr=0.01, betas=(0.5, 0.99)
    )
    for _ in range(5):
        step(ours, optimizer)
        step(theirs, reference)
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_without_decay_adam_is_adam():
    ours, theirs = net(), net()
    optimizer = optimizers["adam"](ours.parameters(), 0.01, (0.5, 0.99), 0.0)
    reference = torch.optim.Adam(theirs.parameters(), lr=0.01, betas=(0.5, 0.99))
    for _ in range(5):
        step(ours, optimizer)
        step(theirs, reference)
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(a, b)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_sgd_is_torchs_with_nesterov_momentum(momentum):
    ours, theirs = net(), net()
    optimizer = optimizers["sgd"](ours.parameters(), 0.1, (momentum, 0.5), 0.0)
    reference = torch.optim.SGD(theirs.parameters(), lr=0.1, momentum=momentum, nesterov=momentum > 0)
    for _ in range(5):
        step(ours, optimizer)
        step(theirs, reference)
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_a_rate_holds_from_the_next_step_on():
    model = net()
    optimizer = optimizers["sgd"](model.parameters(), 0.1, (0.0, 0.0), 0.0)
    before = copy.deepcopy(model)
    set_rate(optimizer, 0.0)
    step(model, optimizer)
    assert same(before, model)
    set_rate(optimizer, 0.1)
    step(model, optimizer)
    assert not same(before, model)


def test_memory_of_another_net_is_refused_in_one_line():
    model = net()
    optimizer = optimizers["adam"](model.parameters(), 0.01, (0.9, 0.99), 0.0)
    step(model, optimizer)
    memory = state_of(optimizer)
    fresh = optimizers["adam"](net().parameters(), 0.01, (0.9, 0.99), 0.0)
    for key, tensor in (("99/exp_avg", X), ("x/exp_avg", X), ("0/exp_avg", torch.zeros(3)), ("²/step", X)):
        with pytest.raises(BadInput, match="the checkpoint's optimiser does not fit the net"):
            restore_state(fresh, {key: tensor})
    del memory["0/exp_avg"]
    with pytest.raises(BadInput, match="the checkpoint's optimiser is not whole"):
        restore_state(optimizers["adam"](net().parameters(), 0.01, (0.9, 0.99), 0.0), memory)
