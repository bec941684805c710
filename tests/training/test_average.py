import copy

import pytest
import torch
from torch import nn

from glyphspace.training.average import Follower


@pytest.fixture
def nets():
    """Two nets with other weights and other statistics."""
    torch.manual_seed(0)
    one, two = (nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3)) for _ in range(2))
    two(torch.randn(4, 1, 8, 8))
    return one, two


def tensors(net):
    return [t.clone() for t in net.state_dict().values() if t.is_floating_point()]


def test_after_a_half_life_half_of_the_old_is_left(nets):
    average, net = nets
    start, goal = tensors(average), tensors(net)
    for step in range(10):
        Follower(average, net, half_life=500).follow(images_seen=10**9 + step, batch_size=50)
    for before, now, target in zip(start, tensors(average), goal, strict=True):
        torch.testing.assert_close(now, (before + target) / 2)


def test_no_half_life_copies_to_the_bit(nets):
    average, net = nets
    Follower(average, net, half_life=0).follow(images_seen=10**6, batch_size=64)
    assert all(torch.equal(a, b) for a, b in zip(tensors(average), tensors(net), strict=True))


def test_in_the_beginning_the_memory_is_a_tenth_of_what_was_seen(nets):
    average, net = nets
    early, late = copy.deepcopy(average), copy.deepcopy(average)
    Follower(early, net, half_life=10**9).follow(images_seen=1000, batch_size=100)
    Follower(late, net, half_life=100).follow(images_seen=10**9, batch_size=100)
    assert all(torch.equal(a, b) for a, b in zip(tensors(early), tensors(late), strict=True))


def test_an_average_of_itself_stays_where_it_is(nets):
    _, net = nets
    average = copy.deepcopy(net)
    Follower(average, net, half_life=300).follow(images_seen=5000, batch_size=64)
    assert all(torch.equal(a, b) for a, b in zip(tensors(average), tensors(net), strict=True))


def test_it_stays_between_the_two_and_leaves_the_net_alone(nets):
    average, net = nets
    start, goal = tensors(average), tensors(net)
    Follower(average, net, half_life=300).follow(images_seen=5000, batch_size=64)
    for before, now, target in zip(start, tensors(average), goal, strict=True):
        assert (torch.minimum(before, target) <= now).all()
        assert (now <= torch.maximum(before, target)).all()
    assert all(torch.equal(a, b) for a, b in zip(tensors(net), goal, strict=True))
