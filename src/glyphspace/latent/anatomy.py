"""What can be seen inside a net: its kernels that touch pixels, and what its layers put out."""

from collections.abc import Sequence

import torch
from jaxtyping import Float, UInt8
from torch import Tensor, nn

from .activations import activations, layers

SHOWN = 10  # channels of a layer
MOST = 8  # layers
FEW = 4  # channels that are still as good as pixels
SIZE = 28


def pixel_kernels(net: nn.Module) -> dict[str, Float[Tensor, "n h w"]]:
    """Kernels of the convolutions that read few channels or paint few, by the name of the layer; there may be none.

    Few are an image with its label beside it, or the four pixels that are painted for each place of a smaller image.
    """
    found = {}
    for name, module in net.named_modules():
        weight = getattr(module, "weight", None)
        if not isinstance(weight, Tensor) or weight.ndim != 4 or weight.shape[2:] == (1, 1):
            continue
        if min(weight.shape[:2]) <= FEW:
            found[name] = weight.detach().flatten(0, 1)
    return found


def layer_pictures(net: nn.Module, inputs: Sequence[Float[Tensor, "1 *_"]]) -> dict[str, UInt8[Tensor, "10 28 28"]]:
    """The ten channels of each layer that vary most for one input, as images of 28×28.

    Only layers that still have height and width, and of several of one shape the last: what a convolution puts out is
    shown after it was normalised and cut off. A picture shows what is above 0, as strong as the layer's largest.
    """
    last = {layer.shape: layer.name for layer in layers(net, *inputs) if len(layer.shape) == 3 and layer.shape[1] > 2}
    names = list(last.items())
    names = names[:: -(-len(names) // MOST)] if names else []
    found = {}
    for shape, name in names:
        put_out = activations(net, inputs, name)[0]
        most = put_out.flatten(1).std(1).argsort(descending=True)[:SHOWN]
        above = put_out[most].clamp(min=0)
        scaled = nn.functional.interpolate(above[None] / above.max().clamp(min=1e-12), size=(SIZE, SIZE))[0]
        page = torch.zeros(SHOWN, SIZE, SIZE)
        page[: len(scaled)] = scaled
        found[f"{name}\n{'×'.join(map(str, shape))}"] = page.mul(255).round().to(torch.uint8)
    return found
