import pytest
import torch
from torch import nn

from glyphspace.nets import build
from glyphspace.nets.describe import describe
from glyphspace.nets.registries import kinds

EVERY_NET = [(kind, name) for kind, registry in kinds.items() for name in registry]


@pytest.mark.parametrize(("kind", "name"), EVERY_NET)
def test_every_parameter_of_every_net_belongs_to_one_layer(kind: str, name: str) -> None:
    net = build(kind, name, {})
    layers = describe(net, (int(net.z_dim),) if kind == "generator" else (1, 28, 28))  # type: ignore[arg-type]
    assert sum(layer.parameters for layer in layers) == sum(p.numel() for p in net.parameters())


def test_the_reference_generator_is_told_layer_by_layer() -> None:
    layers = describe(build("generator", "reference", {"z_dim": 100}), (100,))
    assert layers[:5] == [
        ("linear", (3136,), 316_736),
        ("leaky ReLU 0.2", (3136,), 0),
        ("reshape", (64, 7, 7), 0),
        ("up-conv 3×3", (64, 14, 14), 36_928),
        ("batch norm", (64, 14, 14), 128),
    ]
    assert layers[-1] == ("tanh", (1, 28, 28), 0)


def test_what_happens_between_layers_shows_in_the_shapes() -> None:
    names = [layer.name for layer in describe(build("classifier", "reference", {}), (1, 28, 28))]
    assert names[-2:] == ["flatten", "linear"]
    names = [layer.name for layer in describe(build("classifier", "fast", {}), (1, 28, 28))]
    assert names[-2:] == ["pool", "linear"]


def test_layers_of_our_own_are_told_in_the_same_words() -> None:
    names = [layer.name for layer in describe(build("discriminator", "reference", {}), (1, 28, 28))]
    assert names == ["conv 3×3", "leaky ReLU 0.2, dropout 0.5"] * 4 + ["linear"]


def test_a_spectral_norm_is_no_layer() -> None:
    plain, normed = (describe(build("discriminator", name, {}), (1, 28, 28)) for name in ("fast", "fast-spectral"))
    assert normed == plain


def test_a_net_is_left_as_it_was() -> None:
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Dropout(), nn.Flatten()).train()
    before = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    assert [layer.name for layer in describe(net, (1, 5, 5))] == ["conv 3×3", "batch norm", "dropout", "flatten"]
    assert net.training
    assert all(module.training for module in net)
    assert all(torch.equal(tensor, before[name]) for name, tensor in net.state_dict().items())
    assert not any(module._forward_hooks for module in net)


def test_what_a_conditional_net_does_to_the_class_is_told_beside_its_way() -> None:
    layers = describe(build("generator", "cgan-reference", {}), (50,))
    assert layers[:4] == [
        ("class embedding", (3,), 30),
        ("join", (53,), 0),
        ("linear", (3136,), 169_344),
        ("reshape", (64, 7, 7), 0),
    ]
    names = [layer.name for layer in describe(build("discriminator", "cgan-reference", {}), (1, 28, 28))]
    assert names[:4] == ["class embedding", "class linear", "join", "conv 3×3"]
    assert ("class linear", (10,), 62_730) in describe(build("discriminator", "auxiliary", {}), (1, 28, 28))


def test_a_conditional_batch_norm_is_one_layer() -> None:
    layers = describe(build("generator", "conditional", {}), (64,))
    assert ("conditional batch norm", (64, 7, 7), 2_176) in layers


def test_a_shortcut_is_told_after_the_layers_that_it_passes_by() -> None:
    layers = describe(build("discriminator", "cgan-resnet", {}), (1, 28, 28))
    names = [layer.name for layer in layers]
    assert names[:6] == ["class embedding", "ReLU", "conv 3×3", "ReLU", "conv 3×3", "skip conv 1×1"]
    assert names.count("skip conv 1×1") == 4 and names.count("join") == 1 and "pool" not in names
