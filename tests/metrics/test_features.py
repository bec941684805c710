import pytest
import torch
from torch import nn

from glyphspace.core.errors import BadInput
from glyphspace.core.randomness import stream
from glyphspace.metrics.features import extract, probabilities


class Network(nn.Module):
    """A small classifier with dropout, which would show if it were left on."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(784, 6))
        self.frozen = nn.BatchNorm1d(6).eval()
        self.head = nn.Linear(6, 10)

    def features(self, images):
        return self.frozen(self.body(images))

    def forward(self, images):
        return self.head(self.features(images))


class Eyes(nn.Module):
    """Sees the pixels as they arrive."""

    def features(self, images):
        return images.flatten(1)


@pytest.fixture
def network():
    torch.manual_seed(0)
    return Network()


@pytest.fixture
def images():
    return torch.randint(0, 256, (23, 28, 28), dtype=torch.uint8, generator=stream(0, "images"))


def test_ground_arrives_as_minus_one_and_ink_as_one():
    images = torch.zeros(2, 28, 28, dtype=torch.uint8)
    images[1] = 255
    assert torch.equal(extract(Eyes(), images), torch.tensor([[-1.0], [1.0]]).expand(2, 784))


def test_features_do_not_depend_on_the_batch_size(network, images):
    whole = extract(network, images)
    assert whole.shape == (23, 6)
    assert whole.dtype == torch.float32
    torch.testing.assert_close(extract(network, images, batch_size=5), whole)


def test_each_module_returns_to_its_own_mode(network, images):
    extract(network, images)
    assert network.training
    assert network.body[1].training
    assert not network.frozen.training


def test_probabilities_are_the_softmax_of_the_logits(network, images):
    found = probabilities(network, images, batch_size=7)
    torch.testing.assert_close(found.sum(dim=1), torch.ones(23))
    network.eval()
    logits = network(images.float().div(127.5).sub(1).unsqueeze(1))
    torch.testing.assert_close(found, logits.softmax(dim=1))


def test_features_may_take_part_in_a_gradient(network, images):
    weight = torch.ones(6, requires_grad=True)
    (extract(network, images) * weight).sum().backward()
    assert weight.grad is not None


def test_progress_counts_images(network, images):
    seen = []
    extract(network, images, batch_size=10, progress=lambda done, total, note="": seen.append((done, total)))
    assert seen == [(10, 23), (20, 23), (23, 23)]


def test_what_cannot_be_judged_is_refused(network, images):
    with pytest.raises(BadInput, match="no images"):
        extract(network, images[:0])
    with pytest.raises(BadInput, match="Linear has no features"):
        extract(nn.Linear(2, 2), images)
    nn.init.constant_(network.head.weight, torch.nan)
    with pytest.raises(BadInput, match="not finite"):
        probabilities(network, images)
