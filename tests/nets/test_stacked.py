import pytest
import torch

from glyphspace.nets import build
from glyphspace.nets.stacked import StackedClassifier


@pytest.fixture
def grey():
    torch.manual_seed(0)
    return build("classifier", "fast", {}).eval()


def test_probability_of_a_combination_is_the_product_of_its_channels(grey):
    images = torch.rand(5, 3, 28, 28) * 2 - 1
    alone = torch.stack([grey(images[:, [channel]]).softmax(1) for channel in range(3)], 1)
    together = StackedClassifier(grey)(images).softmax(1)
    assert together.shape == (5, 1000)
    torch.testing.assert_close(together[:, 472], alone[:, 0, 4] * alone[:, 1, 7] * alone[:, 2, 2])
    torch.testing.assert_close(together.sum(1), torch.ones(5))
