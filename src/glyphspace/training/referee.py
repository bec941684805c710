"""What the discriminator says of images, told the classes that it must be told."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from ..nets.condition import told
from ..nets.registries import sees_both
from .device import Compute
from .penalties import Judge

Images = Float[Tensor, "n c 28 28"]
Labels = Int64[Tensor, " n"]


class Said(NamedTuple):
    """A logit (or a probability) for each image and, from a discriminator that names classes, what it names them."""

    logits: Float[Tensor, " n"]
    of_real: Float[Tensor, "n classes"] | None = None
    of_fake: Float[Tensor, "n classes"] | None = None

    def part(self, rows: slice) -> "Said":
        """What it says of some of the images."""
        logits, *names = self
        return Said(logits[rows], *(each if each is None else each[rows] for each in names))


class Referee:
    """Asks the discriminator, for one side or for both.

    A batch norm mixes the images of a batch, so real and fake ones are shown to it apart; but together to a
    discriminator that is to see both.
    """

    def __init__(self, discriminator: nn.Module, compute: Compute, names_classes: bool) -> None:
        self.net, self.compute = discriminator, compute
        self._ask = self._ask_for_names if names_classes else self._ask_plainly
        self.sees_both = sees_both(discriminator)
        self.in_one_pass = self.sees_both or not mixes_batch(discriminator)

    def of(self, images: Images, labels: Labels) -> Said:
        """What it says of images of these classes."""
        with self.compute.autocast():
            return self._ask(images, labels)

    def of_both(self, real: Images, fake: Images, labels: Labels) -> tuple[Said, Said]:
        """What it says of real and of fake images of these classes."""
        if not self.in_one_pass:
            return self.of(real, labels), self.of(fake, labels)
        both = self.of(torch.cat([real, fake]), torch.cat([labels, labels]))
        return both.part(slice(None, len(real))), both.part(slice(len(real), None))

    def of_fake(self, fake: Images, real: Images, labels: Labels) -> Said:
        """What it says of fake images; `real` ones of the same classes are there to be seen beside them."""
        return self.of_both(real, fake, labels)[1] if self.sees_both else self.of(fake, labels)

    def _ask_plainly(self, images: Images, labels: Labels) -> Said:
        return Said(self.net(images, *told(self.net, labels)).float())

    def _ask_for_names(self, images: Images, labels: Labels) -> Said:
        net = self.net
        features = net.features(images)  # type: ignore[operator]  # it is a LabellingDiscriminator
        logits = net.judge(features, *told(net, labels))  # type: ignore[operator]
        of_real, of_fake = net.labels_of_real(features), net.labels_of_fake(features)  # type: ignore[operator]
        return Said(logits.float(), of_real.float(), of_fake.float())


def in_full(net: nn.Module, real: Images, labels: Labels) -> Judge:
    """What a penalty asks: the logits of `net` in single precision.

    The judge takes images with these classes, or more that begin with them again. A net that is to see both sides sees
    them beside the `real` ones.
    """
    beside = [real] if sees_both(net) else []

    def judge(images: Float[Tensor, "m c 28 28"]) -> Float[Tensor, " m"]:
        shown = torch.cat([*beside, images])
        logits: Tensor = net(shown, *told(net, labels.repeat(len(shown) // len(labels))))
        return logits[len(shown) - len(images) :]

    return judge


def mixes_batch(net: nn.Module) -> bool:
    """Whether what `net` says of an image depends on the others in its batch."""
    return any(isinstance(module, nn.modules.batchnorm._BatchNorm) for module in net.modules())
