"""Fine-tuning: a training that begins with what other nets have learned."""

from collections.abc import Sequence

import torch
from torch import nn

from ..core.errors import BadInput
from ..nets.model import Model
from ..nets.registries import kinds
from ..nets.tones import Tones
from .gan import GanTraining
from .loop import Training

OF_THE_DATA = ("channels", "classes")  # numbers of a net that nobody has to give


def begin_with(training: Training, models: Sequence[Model]) -> tuple[str, ...]:
    """Give the nets of `training` the weights of `models`, one of each kind; its optimisers begin afresh.

    What there is of each class (an embedding, the last layer of a classifier) begins afresh too where the number of
    classes is another.

    Returns:
        The names of the tensors that were left as they were, each as "generator embed.weight".

    Raises:
        BadInput: a model is of a kind that is not trained here, or its net is another.
    """
    fresh = []
    for model in models:
        net = training.parts.get(model.kind)
        if not isinstance(net, nn.Module):
            here = [kind for kind in kinds if kind in training.parts]
            raise BadInput(f"a {model.kind} is nothing to begin with here: what is trained is a {' and a '.join(here)}")
        fresh += [f"{model.kind} {name}" for name in _take_over(net, model, len(training.batches.images.classes))]
    if isinstance(training, GanTraining):
        for layer in training.generator.modules():
            if isinstance(layer, Tones):
                layer.forget()  # those of other images
        training.average.load_state_dict(training.generator.state_dict())
    return tuple(fresh)


def _take_over(net: nn.Module, model: Model, classes: int) -> list[str]:
    """Copy what fits, and name what there is for each class where their number differs."""
    wanted, given = net.state_dict(), model.net.state_dict()
    odd = next(iter(sorted(wanted.keys() ^ given.keys())), None)
    fresh = []
    for name in wanted.keys() & given.keys():
        ours, theirs = wanted[name].shape, given[name].shape
        if ours == theirs:
            continue
        if (ours[:1], theirs[:1]) == ((classes,), (len(model.classes),)) and ours[1:] == theirs[1:]:
            fresh.append(name)
        else:
            odd = name
    if odd is not None:
        raise BadInput(
            f"the {model.kind} to begin with is {spec_of(model)!r}, and this recipe's is another net (see {odd!r}); "
            f"add --{model.kind} {spec_of(model)}"
        )
    with torch.no_grad():
        for name, tensor in wanted.items():
            if name not in fresh:
                tensor.copy_(given[name])
    return sorted(fresh)


def spec_of(model: Model) -> str:
    """The net of `model` as a recipe words it: its name and those of its numbers that the data does not decide."""
    numbers = ",".join(f"{name}={value}" for name, value in sorted(model.numbers.items()) if name not in OF_THE_DATA)
    return f"{model.architecture}:{numbers}" if numbers else model.architecture
