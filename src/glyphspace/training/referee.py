"""What the discriminator says of images, told the classes that it must be told."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn

from ..nets.condition import told
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
    """Asks the discriminator: for one judgement, for both sides in one pass, or in single precision for a penalty."""

    def __init__(self, discriminator: nn.Module, compute: Compute, names_classes: bool) -> None:
        self.net, self.compute = discriminator, compute
        self._ask = self._ask_for_names if names_classes else self._ask_plainly
        self.mixes_batch = mixes_batch(discriminator)

    def of(self, images: Images, labels: Labels) -> Said:
        """What it says of images of these classes."""
        with self.compute.autocast():
            return self._ask(images, labels)

    def of_both(self, real: Images, fake: Images, labels: Labels) -> tuple[Said, Said]:
        """What it says of real and of fake images of these classes; in one pass, unless a batch norm would mix them."""
        if self.mixes_batch:
            return self.of(real, labels), self.of(fake, labels)
        both = self.of(torch.cat([real, fake]), torch.cat([labels, labels]))
        return both.part(slice(None, len(real))), both.part(slice(len(real), None))

    def in_full(self, labels: Labels) -> Judge:
        """Its logits in single precision, of images with these classes, or of more that begin with them again."""

        def judge(images: Float[Tensor, "m c 28 28"]) -> Float[Tensor, " m"]:
            return self.net(images, *told(self.net, labels.repeat(len(images) // len(labels))))

        return judge

    def _ask_plainly(self, images: Images, labels: Labels) -> Said:
        return Said(self.net(images, *told(self.net, labels)).float())

    def _ask_for_names(self, images: Images, labels: Labels) -> Said:
        net = self.net
        features = net.features(images)  # type: ignore[operator]  # it is a LabellingDiscriminator
        logits = net.judge(features, *told(net, labels))  # type: ignore[operator]
        of_real, of_fake = net.labels_of_real(features), net.labels_of_fake(features)  # type: ignore[operator]
        return Said(logits.float(), of_real.float(), of_fake.float())


def mixes_batch(net: nn.Module) -> bool:
    """Whether what `net` says of an image depends on the others in its batch."""
    return any(isinstance(module, nn.modules.batchnorm._BatchNorm) for module in net.modules())
