"""What both kinds of training share: their data, fresh nets, and their state as named tensors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..core.errors import BadInput
from ..core.randomness import derive_seed, stream
from ..data.images import LabelledImages
from ..nets.model import Model
from ..nets.registries import build, parse, taken
from .optimise import restore_state, state_of

Part = nn.Module | torch.optim.Optimizer


@dataclass(frozen=True)
class Splits:
    """The images a run learns from and those it is measured on."""

    train: LabelledImages
    test: LabelledImages
    dataset: str

    @property
    def numbers(self) -> dict[str, int]:
        """What these images decide of the nets that are trained on them."""
        return {"classes": len(self.train.classes), "channels": self.train.channels}

    def samples(self, count: int, seed: int) -> Iterator[tuple[str, LabelledImages]]:
        """("train", …) and ("test", …): at most `count` images of each, always the same for a seed."""
        for name, images in (("train", self.train), ("test", self.test)):
            order = torch.randperm(len(images), generator=stream(seed, "evaluation", name))
            yield name, images.take(order[:count])

    def model(self, net: nn.Module, kind: str, spec: str) -> Model:
        """A `Model` of a net that was trained on these images."""
        name, given = parse(spec)
        numbers = {**taken(kind, name, self.numbers), **given}
        return Model(net, kind, name, numbers, self.dataset, self.train.classes)


def fresh(kind: str, spec: str, seed: int, **numbers: int) -> nn.Module:
    """The net that `spec` names, initialised by a draw of its own.

    Args:
        numbers: what the data decides; a net that is not built from one of them does without.

    Raises:
        BadInput: there is no such net, `spec` has another number, or the data is stacked and the net sees only grey.
    """
    name, given = parse(spec)
    for key, value in numbers.items():
        if given.get(key, value) != value:
            raise BadInput(f"{spec!r} cannot be trained on data with {key} = {value}; leave {key} out of it")
    own = taken(kind, name, numbers)
    if numbers.get("channels", 1) != own.get("channels", 1):
        raise BadInput(
            f"the {kind} {name!r} is for grey images; stacked ones need one that takes channels, as fast does"
        )
    with torch.random.fork_rng(devices=[]):  # torch initialises from the global generator only
        torch.manual_seed(derive_seed(seed, "initialisation", kind))
        return build(kind, name, {**own, **given})


def state(parts: Mapping[str, Part]) -> dict[str, Tensor]:
    """Every tensor of `parts`, named "part/…"."""
    return {
        f"{part}/{name}": tensor
        for part, owner in parts.items()
        for name, tensor in (
            state_of(owner) if isinstance(owner, torch.optim.Optimizer) else owner.state_dict()
        ).items()
    }


def restore(parts: Mapping[str, Part], tensors: Mapping[str, Tensor]) -> None:
    """Put back what `state` took, in place.

    Raises:
        BadInput: the tensors are not those of these parts.
    """
    for part, owner in parts.items():
        own = {name.removeprefix(f"{part}/"): t for name, t in tensors.items() if name.startswith(f"{part}/")}
        if isinstance(owner, torch.optim.Optimizer):
            restore_state(owner, own)
            continue
        try:
            owner.load_state_dict(own)
        except RuntimeError as error:
            raise BadInput(f"the checkpoint does not fit the {part} of this recipe") from error
