"""What a network sees in images: its features, and the class probabilities it gives."""

from collections.abc import Callable

import torch
from jaxtyping import Float, Float32, UInt8
from torch import Tensor, nn

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..data.scaling import to_unit
from ..nets.use import BATCH, evaluating
from .feature_set import FeatureSet


def extract(
    network: nn.Module, images: UInt8[Tensor, "n *stack 28 28"], batch_size: int = BATCH, progress: Progress = silent
) -> Float32[Tensor, "n d"]:
    """The features of `images`, on the CPU.

    Args:
        network: has a method `features` from float [b, 1, 28, 28] in [-1, 1] to [b, d].
        images: uint8 [n, 28, 28], n ≥ 1; 0 is the ground and 255 is full ink.
        batch_size: images a forward pass; it bounds the memory and does not change what is computed.

    Raises:
        BadInput: the network has no features, there are no images, or a feature is not finite.
    """
    see = getattr(network, "features", None)
    if not callable(see):
        raise BadInput(f"{type(network).__name__} has no features to judge by: use a feature network")
    return _in_batches(network, see, images, batch_size, progress)


def probabilities(
    classifier: nn.Module, images: UInt8[Tensor, "n *stack 28 28"], batch_size: int = BATCH, progress: Progress = silent
) -> Float32[Tensor, "n classes"]:
    """The probability that `classifier` gives each class for each image: the softmax of its logits.

    Arguments and errors are those of `extract`; `classifier` maps float [b, 1, 28, 28] to logits [b, classes].
    """
    return _in_batches(classifier, classifier, images, batch_size, progress).softmax(dim=1)


def see(network: nn.Module, images: UInt8[Tensor, "n *stack 28 28"], progress: Progress = silent) -> FeatureSet:
    """The features of `images` and the class probabilities that follow from them, in one pass.

    Args:
        network: has besides `features` a last layer `decide` from features to logits, as every classifier here.
    """
    features = extract(network, images, progress=progress)
    decide = getattr(network, "decide", None)
    if not callable(decide):
        raise BadInput(f"{type(network).__name__} does not decide between classes: use a classifier")
    with torch.no_grad():
        return FeatureSet(features, probabilities=decide(features).softmax(dim=1))


def _in_batches(
    network: nn.Module, function: Callable[[Tensor], Tensor], images: Tensor, batch_size: int, progress: Progress
) -> Float[Tensor, "n d"]:
    if len(images) == 0:
        raise BadInput("there are no images to judge")
    parameter = next(network.parameters(), None)
    device = parameter.device if parameter is not None else images.device
    parts = []
    with evaluating(network), torch.inference_mode():
        for batch in images.split(batch_size):
            parts.append(function(to_unit(batch.to(device))).float().cpu())
            progress(sum(map(len, parts)), len(images), "looking at images")
    # Copied outside inference mode: a tensor made within it could take no part in a later gradient.
    values = torch.cat(parts).clone()
    if not torch.isfinite(values).all():
        raise BadInput(f"{type(network).__name__} gives values that are not finite: are its weights broken?")
    return values
