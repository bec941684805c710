"""Generators that were not trained, but whose images have contrast."""

import torch

from glyphspace.nets.condition import told
from glyphspace.nets.model import Model
from glyphspace.nets.registries import build


def untrained(name: str, strength: float = 2.0, dataset: str = "none", **numbers: int) -> Model:
    """The generator `name`; the stronger its weights, the farther are its images from the grey mist of a fresh net."""
    torch.manual_seed(0)
    net = build("generator", name, numbers)
    with torch.no_grad():
        net(torch.randn(64, int(net.z_dim)), *told(net, torch.arange(64) % 10))  # so that batch norm has statistics
        for parameter in net.parameters():
            parameter.mul_(strength)
    return Model(net.eval(), "generator", name, numbers, dataset, tuple("0123456789"))
