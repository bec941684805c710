"""A state_dict is fitted to our nets by the order and the shapes of its layers, whatever they are called."""

import pytest
import torch
from torch import Tensor, nn

from glyphspace.core.errors import BadInput
from glyphspace.nets import build
from glyphspace.nets.adopt import adopt

REFERENCES = [
    ("generator", "reference"),
    ("discriminator", "reference"),
    ("classifier", "reference"),
    ("generator", "cgan-reference"),
    ("discriminator", "cgan-reference"),
]


def renamed(net: nn.Module) -> dict[str, Tensor]:
    """The weights of `net` as one `nn.Sequential` would name them."""
    names = dict.fromkeys(name.rpartition(".")[0] for name in net.state_dict())
    number = {name: str(3 * place) for place, name in enumerate(names)}
    parts = ((name.rpartition("."), tensor) for name, tensor in net.state_dict().items())
    return {f"main.{number[layer]}.{end}": tensor for (layer, _, end), tensor in parts}


@pytest.mark.parametrize(("kind", "name"), REFERENCES)
def test_the_reference_nets_find_their_weights_under_any_name(kind: str, name: str) -> None:
    theirs = build(kind, name, {})
    with torch.device("meta"):
        ours = build(kind, name, {})
    pairs = adopt(ours, renamed(theirs))
    assert len(pairs) == len({layer.rpartition(".")[0] for layer in theirs.state_dict()})
    for name, tensor in theirs.state_dict().items():
        assert torch.equal(ours.state_dict()[name], tensor)


def test_batch_norms_that_are_named_after_the_convolutions_find_their_places() -> None:
    theirs = build("generator", "reference", {})
    norms = {n for n in theirs.state_dict() if "running_mean" in n}
    prefixes = [name.rpartition(".")[0] for name in norms]
    state = theirs.state_dict()
    last = {name: state.pop(name) for name in list(state) if name.rpartition(".")[0] in prefixes}
    ours = build("generator", "reference", {})
    adopt(ours, {**state, **last})
    assert all(torch.equal(ours.state_dict()[name], tensor) for name, tensor in theirs.state_dict().items())


def test_older_files_without_counters_will_do() -> None:
    state = build("generator", "reference", {}).state_dict()
    adopt(build("generator", "reference", {}), {n: t for n, t in state.items() if "num_batches" not in n})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s.pop("decide.bias"), "no layer for 'decide'"),
        (lambda s: s.update({"more.weight": torch.zeros(3)}), "'more' is one too many"),
        (lambda s: s.update({"decide.weight": torch.zeros(10, 99)}), "no layer for 'decide'"),
        (lambda s: s["decide.bias"].fill_(torch.nan), "not finite"),
    ],
)
def test_another_net_is_refused(change, words: str) -> None:
    state = dict(build("classifier", "reference", {}).state_dict())
    change(state)
    with pytest.raises(BadInput, match=words):
        adopt(build("classifier", "reference", {}), state)
