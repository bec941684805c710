"""The nets of a run as diagrams, with their parameters counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..figures.diagram import Layer, net_diagram
from ..figures.save import to_svg
from ..nets import build, parse, taken
from ..nets.describe import describe
from .page import Block, Picture, Text

SWAPPED = {"generator": 377_121, "discriminator": 246_529}


@dataclass(frozen=True)
class Net:
    """A net laid out: its kind, its name with its numbers, the shape that goes in and the layers it goes through."""

    kind: str
    spec: str
    input_shape: tuple[int, ...]
    layers: tuple[Layer, ...]

    @property
    def parameters(self) -> int:
        """How many numbers it learns."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def is_conditional(self) -> bool:
        """Whether it is told a class."""
        return any(layer.name.startswith("class ") for layer in self.layers)

    @property
    def shapes(self) -> list[str]:
        """The shapes that an input takes on its way, "28×28" for an image of one channel."""
        every = (self.input_shape, *(layer.shape for layer in self.layers))
        return ["×".join(f"{size:,}" for size in shape) for shape, _ in groupby(every)]


def lay_out(kind: str, spec: str, classes: int, channels: int = 1) -> Net:
    """The net of this kind that a recipe means by `spec` on images of so many classes and channels.

    Raises:
        BadInput: there is no such net.
    """
    name, numbers = parse(spec)
    net = build(kind, name, {**taken(kind, name, {"classes": classes, "channels": channels}), **numbers})
    shape = (int(net.z_dim),) if kind == "generator" else (channels, 28, 28)  # type: ignore[arg-type]
    return Net(kind, spec, shape, tuple(Layer(*layer) for layer in describe(net, shape)))


def tell_nets(nets: Sequence[Net]) -> Iterator[Block]:
    """A diagram of each, and how to read it."""
    yield Text(
        (
            "Each box is what a layer puts out: as tall as its image is wide in pixels, as thick as it has channels; "
            "a bar is a plain row of numbers. Below it stand the layers that made it and how many numbers they learn.",
        )
    )
    for net in nets:
        yield Picture(
            to_svg(net_diagram(net.layers, net.input_shape)),
            f"Diagram of the {net.kind}: {' → '.join(net.shapes)}",
            f"The {net.kind} {net.spec}: {net.parameters:,} parameters.",
        )
    if {net.kind: net.parameters for net in nets} == SWAPPED:
        yield Text(
            (
                "These are the reference nets of the report “GAN and CNN to conquer MNIST”. It prints the two counts "
                "the other way round, 246,529 for the generator and 377,121 for the discriminator; counted layer by "
                "layer, as here, they are 377,121 for the generator and 246,529 for the discriminator.",
            )
        )
