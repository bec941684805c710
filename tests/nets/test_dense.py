import torch
from torch import nn

from glyphspace.nets import build


def test_three_dense_layers_with_batch_norm_between_them():
    net = build("classifier", "dense", {"classes": 7, "width": 32})
    dense = [(layer.in_features, layer.out_features) for layer in net.modules() if isinstance(layer, nn.Linear)]
    assert dense == [(784, 32), (32, 16), (16, 7)]
    assert sum(isinstance(layer, nn.BatchNorm1d) for layer in net.modules()) == 2
    assert net.features(torch.zeros(3, 1, 28, 28)).shape == (3, 16)
