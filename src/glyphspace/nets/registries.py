"""The names under which nets are found, and what a net of each kind takes and gives."""

import warnings
from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from typing import Any, Protocol, runtime_checkable

from jaxtyping import Float, Int64
from torch import Tensor, nn

from ..core.errors import BadInput
from ..core.registry import Registry

Numbers = Mapping[str, int | float]
"""What a net is built from besides its name, e.g. {"z_dim": 100}."""


@runtime_checkable
class Generator(Protocol):
    """Latents to images in [-1, 1]."""

    z_dim: int

    def __call__(self, z: Float[Tensor, "n z"]) -> Float[Tensor, "n c 28 28"]: ...


@runtime_checkable
class Discriminator(Protocol):
    """Images in [-1, 1] to one logit each; above 0 says real."""

    def __call__(self, images: Float[Tensor, "n c 28 28"]) -> Float[Tensor, " n"]: ...


@runtime_checkable
class ConditionalGenerator(Protocol):
    """Latents and conditions to images in [-1, 1]. A class is the condition that it is embedded at."""

    z_dim: int
    condition_dim: int

    def embed(self, labels: Int64[Tensor, " n"]) -> Float[Tensor, "n e"]: ...

    def __call__(self, z: Float[Tensor, "n z"], condition: Float[Tensor, "n e"]) -> Float[Tensor, "n c 28 28"]: ...


@runtime_checkable
class ConditionalDiscriminator(Protocol):
    """Images in [-1, 1] and conditions to one logit each; above 0 says real, and what the condition says."""

    condition_dim: int

    def embed(self, labels: Int64[Tensor, " n"]) -> Float[Tensor, "n e"]: ...

    def __call__(self, images: Float[Tensor, "n c 28 28"], condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]: ...


@runtime_checkable
class LabellingDiscriminator(Protocol):
    """A discriminator that also says which class an image is of: a call is `judge(features(images)[, condition])`.

    `labels_of_real` and `labels_of_fake` give a logit per class, by what it learned of real and of generated images.
    """

    def features(self, images: Float[Tensor, "n c 28 28"]) -> Float[Tensor, "n *d"]: ...

    def judge(self, features: Float[Tensor, "n *d"], *condition: Float[Tensor, "n e"]) -> Float[Tensor, " n"]: ...

    def labels_of_real(self, features: Float[Tensor, "n *d"]) -> Float[Tensor, "n classes"]: ...

    def labels_of_fake(self, features: Float[Tensor, "n *d"]) -> Float[Tensor, "n classes"]: ...


@runtime_checkable
class Classifier(Protocol):
    """Images in [-1, 1] to a logit per class, by way of features: a call is `decide(features(images))`."""

    def decide(self, features: Float[Tensor, "n d"]) -> Float[Tensor, "n classes"]: ...

    def features(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n d"]: ...

    def __call__(self, images: Float[Tensor, "n 1 28 28"]) -> Float[Tensor, "n classes"]: ...


Builder = Callable[..., nn.Module]

generators: Registry[Builder] = Registry("generator")
discriminators: Registry[Builder] = Registry("discriminator")
classifiers: Registry[Builder] = Registry("classifier")
encoders: Registry[Builder] = Registry("encoder")

kinds: dict[str, Registry[Builder]] = {
    "generator": generators,
    "discriminator": discriminators,
    "classifier": classifiers,
    "encoder": encoders,
}

LARGEST_NUMBER = 4096  # no width of ours comes near it; a number read from a file must not exhaust the memory


def build(kind: str, name: str, numbers: Mapping[str, object]) -> nn.Module:
    """A freshly initialised net.

    Args:
        kind: "generator", "discriminator", "classifier" or "encoder".
        name: its name in the registry of that kind.
        numbers: the `Numbers` it is built from, not yet checked; what is left out has the builder's default.

    Raises:
        BadInput: no such kind, name or number, or numbers that no net can be built from.
    """
    if kind not in kinds:
        raise BadInput(f"no net is a {kind!r}; there are: {', '.join(kinds)}")
    builder = kinds[kind][name]
    taken = signature(builder).parameters
    for key, value in numbers.items():
        if key not in taken:
            raise BadInput(f"the {kind} {name!r} takes no {key!r}; it takes: {', '.join(sorted(taken)) or 'nothing'}")
        if not _is_fit(value, taken[key]):
            raise BadInput(f"the {kind} {name!r} cannot be built with {key} = {value!r}")
    arguments: dict[str, Any] = dict(numbers)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # torch only warns of a layer that is left without weights
            return builder(**arguments)
    except (ArithmeticError, RuntimeError, TypeError, ValueError, UserWarning) as error:
        raise BadInput(f"the {kind} {name!r} cannot be built with {arguments} ({error})") from error


def taken(kind: str, name: str, numbers: Numbers) -> dict[str, int | float]:
    """Those of `numbers` that nets of this name are built from; a dataset has them, as its number of `classes`.

    Raises:
        UnknownName: there is no such net.
    """
    arguments = signature(kinds[kind][name]).parameters
    return {key: value for key, value in numbers.items() if key in arguments}


def undecided(discriminator: nn.Module) -> float:
    """What a discriminator says of an image that may as well be real as not: 0, or 0.5 where it gives probabilities."""
    return float(getattr(discriminator, "undecided", 0.0))


def sees_both(discriminator: nn.Module) -> bool:
    """Whether a discriminator is to be shown real and fake images in one batch, for its batch norm to tell them apart.

    That is while it is in training: afterwards its norms have statistics of their own, and each image is judged alone.
    """
    return bool(getattr(discriminator, "sees_both", False))


def _is_fit(value: object, argument: Parameter) -> bool:
    """Whether a builder's argument may have this value: sizes are whole and begin at 1, or at a default of 0."""
    whole = argument.annotation is int
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        return False
    return (1 if whole and argument.default != 0 else 0) <= value <= LARGEST_NUMBER


def parse(text: str) -> tuple[str, dict[str, int | float]]:
    """The name and the numbers of a net as people write it: "fast" or "fast:z_dim=64,width=96".

    Raises:
        BadInput: the text has another form.
    """
    name, _, rest = text.partition(":")
    numbers: dict[str, int | float] = {}
    for part in filter(None, rest.split(",")):
        key, _, value = part.partition("=")
        try:
            numbers[key.strip()] = int(value) if value.strip().lstrip("-").isdigit() else float(value)
        except ValueError:
            raise BadInput(f"{text!r} names no net; write it as name or as name:number=64,other=0.5") from None
    return name.strip(), numbers
