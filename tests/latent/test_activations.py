import pytest
import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from glyphspace.core.errors import BadInput, UnknownName
from glyphspace.latent.activations import activations, layers

NET = nn.Sequential(nn.Linear(3, 4), nn.ReLU(inplace=True), nn.Sequential(nn.Linear(4, 2), nn.Dropout()))


def test_layers_come_in_the_order_of_the_forward_pass_with_their_shapes():
    assert [tuple(layer) for layer in layers(NET, torch.zeros(1, 3))] == [
        ("0", (4,)),
        ("1", (4,)),
        ("2.0", (2,)),
        ("2.1", (2,)),
    ]


def test_activations_are_what_the_layer_puts_out_before_the_next_works_in_place():
    inputs = torch.randn(450, 3, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        torch.testing.assert_close(activations(NET, [inputs], "0"), NET[0](inputs))
        torch.testing.assert_close(activations(NET, [inputs], "1"), NET[0](inputs).relu())


def test_the_net_is_left_as_it_was():
    NET.train()
    activations(NET, [torch.zeros(1, 3)], "2.1")
    assert NET.training
    assert not any(module._forward_hooks for module in NET.modules())


def test_what_is_not_there_is_refused():
    with pytest.raises(UnknownName, match="no layer is called '7'"):
        activations(NET, [torch.zeros(1, 3)], "7")
    with pytest.raises(BadInput, match="given nothing"):
        activations(NET, [torch.zeros(0, 3)], "0")


def test_under_a_spectral_norm_the_layer_is_seen_and_not_its_weights():
    net = nn.Sequential(spectral_norm(nn.Linear(3, 4)), nn.ReLU())
    assert [tuple(layer) for layer in layers(net, torch.zeros(1, 3))] == [("0", (4,)), ("1", (4,))]


def test_a_layer_that_evaluation_leaves_out_has_no_activations():
    class Unused(nn.Module):
        def __init__(self):
            super().__init__()
            self.seen, self.unseen = nn.Identity(), nn.Identity()

        def forward(self, x):
            return self.seen(x)

    with pytest.raises(BadInput, match="nothing goes through the layer 'unseen'"):
        activations(Unused(), [torch.zeros(1, 3)], "unseen")
