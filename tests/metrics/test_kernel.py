import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from glyphspace.core.errors import BadInput
from glyphspace.metrics.kernel import kernel_distance, squared_mmd

from .clouds import cloud, seeds, shuffled


def normal(seed, rows, width=8):
    return torch.randn(rows, width, generator=torch.Generator().manual_seed(seed))


# It warns that it keeps all features in memory.
@pytest.mark.filterwarnings("ignore:Metric `Kernel Inception Distance`:UserWarning")
def test_distance_is_that_of_torchmetrics_on_one_subset_of_everything():
    from torchmetrics.image.kid import KernelInceptionDistance

    network = nn.Identity()
    network.num_features = 16
    reference = KernelInceptionDistance(feature=network, subsets=1, subset_size=300)
    a, b = cloud(0, 300, 16), cloud(1, 300, 16)
    reference.update(a, real=True)
    reference.update(b, real=False)
    assert squared_mmd(a, b) == pytest.approx(float(reference.compute()[0]), rel=1e-5)


@given(seeds, st.integers(1, 5000))
def test_block_size_does_not_change_the_distance(seed, block):
    a, b = cloud(seed), cloud(seed + 1, rows=50)
    assert squared_mmd(a, b, block) == pytest.approx(squared_mmd(a, b), rel=1e-9)


@given(seeds)
def test_distance_is_symmetric_and_does_not_depend_on_order(seed):
    a, b = cloud(seed), cloud(seed + 1, rows=50)
    assert squared_mmd(a, b) == pytest.approx(squared_mmd(b, shuffled(a, seed)), rel=1e-9)


def test_the_estimate_is_unbiased():
    values = [squared_mmd(normal(2 * i, 40), normal(2 * i + 1, 30)) for i in range(300)]
    mean, error = torch.tensor(values).mean(), torch.tensor(values).std() / 300**0.5
    assert min(values) < 0
    assert abs(mean) < 3 * error


def test_the_standard_error_is_the_spread_over_repetitions():
    repeated = [kernel_distance(normal(2 * i, 400), 1.3 * normal(2 * i + 1, 400) + 0.5) for i in range(60)]
    spread = torch.tensor([distance.value for distance in repeated]).std()
    claimed = torch.tensor([distance.standard_error for distance in repeated]).mean()
    assert 0.7 < claimed / spread < 1.4


def test_the_standard_error_depends_on_the_seed_alone():
    a, b = cloud(0), cloud(1)
    assert kernel_distance(a, b, seed=3) == kernel_distance(a, b, seed=3)
    assert kernel_distance(a, b, seed=3) != kernel_distance(a, b, seed=4)


def test_too_few_rows_or_blocks_are_refused():
    with pytest.raises(BadInput, match="at least 20"):
        kernel_distance(cloud(0), cloud(1, rows=19))
    with pytest.raises(BadInput, match="at least 2 blocks"):
        kernel_distance(cloud(0), cloud(1), blocks=1)
