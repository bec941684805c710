import pytest
import torch
from torch import nn

from glyphspace.training.muon import Muon, orthogonal


def drawn(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("shape", [(16, 144), (64, 64), (40, 9)])
def test_what_is_made_orthogonal_keeps_its_singular_vectors_and_levels_its_values(shape):
    matrix = drawn(*shape)
    u, _, v = torch.linalg.svd(matrix, full_matrices=False)
    found = u.T @ orthogonal(matrix) @ v.T
    values = found.diagonal()
    assert (found - values.diag()).abs().max() < 1e-3
    assert values.min() >= 0
    assert values.max() < 1.35
    assert values.median() > 0.5


def test_the_size_of_a_gradient_means_nothing_to_a_kernel():
    matrix = drawn(8, 36)
    torch.testing.assert_close(orthogonal(matrix), orthogonal(1000 * matrix), atol=1e-4, rtol=1e-4)


def test_nothing_to_learn_is_no_step():
    assert torch.equal(orthogonal(torch.zeros(4, 9)), torch.zeros(4, 9))


def test_a_kernel_keeps_the_norm_of_its_outputs_before_each_step():
    kernel = nn.Parameter(drawn(16, 8, 3, 3))
    optimizer = Muon([kernel], 0.0, 0.9, 0.1)
    kernel.grad = drawn(16, 8, 3, 3, seed=1)
    optimizer.step()
    assert kernel.norm().item() == pytest.approx(4.0, rel=1e-5)


def test_all_but_kernels_is_moved_as_by_torchs_nesterov_momentum():
    ours, theirs = (nn.ParameterList([drawn(3, 5), drawn(7), drawn(4, 1, 5, 5)]) for _ in range(2))
    optimizer = Muon(ours, 0.05, 0.9, 0.0)
    reference = torch.optim.SGD(theirs, lr=0.05, momentum=0.9, nesterov=True)
    for seed in range(4):
        for one, two in zip(ours, theirs, strict=True):
            one.grad = drawn(*one.shape, seed=seed)
            two.grad = one.grad.clone()
        optimizer.step()
        reference.step()
    for one, two in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, two)


def test_weight_decay_is_decoupled_and_spares_vectors():
    matrix, vector = nn.Parameter(torch.ones(2, 2)), nn.Parameter(torch.ones(2))
    matrix.grad, vector.grad = torch.zeros(2, 2), torch.zeros(2)
    Muon([matrix, vector], 0.1, 0.9, 0.5).step()
    assert matrix.detach().unique().tolist() == [pytest.approx(0.95)]
    assert vector.detach().unique().tolist() == [1.0]


def test_a_parameter_without_a_gradient_is_left_alone():
    kernel = nn.Parameter(drawn(4, 4, 3, 3))
    before = kernel.detach().clone()
    Muon([kernel], 0.1, 0.9, 0.0).step()
    assert torch.equal(kernel, before)
