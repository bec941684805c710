"""Small GANs as others publish them, made again from their descriptions at 28×28; no code of theirs is in here.

Each is a generator, a discriminator of one logit, and the batch it is trained with; `plain_gan.learn` trains them all,
with the Adam that all three name (2e-4, 0.5, 0.999). Where a description ends in a sigmoid and a cross-entropy, or in
two outputs and a softmax, the logit is the same function in its stabler form. PyTorch-GAN updates the generator before
the discriminator; the arithmetic is the same.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor, nn

from .plain_gan import make_discriminator, make_generator


class Published(NamedTuple):
    """What is trained, and with how many images a step."""

    generator: Callable[[], nn.Module]
    discriminator: Callable[[], nn.Module]
    batch_size: int


def pytorch_gan_generator() -> nn.Module:
    """PyTorch-GAN, dcgan: Linear to 128 channels of 7×7, twice up by repetition and a convolution."""
    net = nn.Sequential(
        *[nn.Linear(100, 128 * 7 * 7), nn.Unflatten(1, (128, 7, 7)), nn.BatchNorm2d(128), nn.Upsample(scale_factor=2)],
        *[nn.Conv2d(128, 128, 3, padding=1), nn.BatchNorm2d(128, 0.8), nn.LeakyReLU(0.2), nn.Upsample(scale_factor=2)],
        *[nn.Conv2d(128, 64, 3, padding=1), nn.BatchNorm2d(64, 0.8), nn.LeakyReLU(0.2)],
        *[nn.Conv2d(64, 1, 3, padding=1), nn.Tanh()],
    )
    return _prepared(net, 100)


def pytorch_gan_discriminator() -> nn.Module:
    """PyTorch-GAN, dcgan: 16, 32, 64 and 128 channels, each at half the size, dropout 0.25 of whole channels."""
    layers: list[nn.Module] = []
    for inputs, outputs in ((1, 16), (16, 32), (32, 64), (64, 128)):
        layers += [nn.Conv2d(inputs, outputs, 3, 2, 1), nn.LeakyReLU(0.2), nn.Dropout2d(0.25)]
        layers += [nn.BatchNorm2d(outputs, 0.8)] if inputs > 1 else []
    return _prepared(nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 2 * 2, 1), nn.Flatten(0)))


def dcgan_generator() -> nn.Module:
    """The DCGAN example of PyTorch, from 7×7: 4×4 transposed convolutions of 256 and 128 channels, ReLU."""
    net = nn.Sequential(
        *[nn.Unflatten(1, (100, 1, 1)), nn.ConvTranspose2d(100, 256, 7, bias=False), nn.BatchNorm2d(256), nn.ReLU()],
        *[nn.ConvTranspose2d(256, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.ReLU()],
        *[nn.ConvTranspose2d(128, 1, 4, 2, 1, bias=False), nn.Tanh()],
    )
    return _prepared(net, 100)


def dcgan_discriminator() -> nn.Module:
    """The DCGAN example of PyTorch, to 7×7: 4×4 convolutions of 64 and 128 channels, leaky ReLU 0.2."""
    net = nn.Sequential(
        *[nn.Conv2d(1, 64, 4, 2, 1, bias=False), nn.LeakyReLU(0.2)],
        *[nn.Conv2d(64, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.LeakyReLU(0.2)],
        *[nn.Conv2d(128, 1, 7, bias=False), nn.Flatten(0)],
    )
    return _prepared(net)


def tinygrad_generator() -> nn.Module:
    """tinygrad's MNIST GAN: dense, 128-256-512-1024-784."""
    widths = (128, 256, 512, 1024)
    layers = [part for pair in pairwise(widths) for part in (nn.Linear(*pair), nn.LeakyReLU(0.2))]
    net = nn.Sequential(*layers, nn.Linear(1024, 784), nn.Tanh(), nn.Unflatten(1, (1, 28, 28)))
    net.z_dim = 128  # type: ignore[assignment]
    return net


def tinygrad_discriminator() -> nn.Module:
    """tinygrad's MNIST GAN: dense, 784-1024-512-256-2, dropout 0.3; of the two outputs the difference."""
    widths = (784, 1024, 512, 256)
    pairs = pairwise(widths)
    layers = [part for pair in pairs for part in (nn.Linear(*pair), nn.LeakyReLU(0.2), nn.Dropout(0.3))]
    return nn.Sequential(nn.Flatten(), *layers, nn.Linear(256, 2), _Difference())


class _Difference(nn.Module):
    """The logit of the second of two classes under a softmax."""

    def forward(self, outputs: Tensor) -> Tensor:
        return outputs[:, 1] - outputs[:, 0]


def _prepared(net: nn.Module, z_dim: int = 0) -> nn.Module:
    """`net` with the initial weights of the DCGAN paper: N(0, 0.02), and N(1, 0.02) in batch norm."""
    for module in net.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
            nn.init.normal_(module.weight, 0.0, 0.02)
        elif isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1.0, 0.02)
    net.z_dim = z_dim  # type: ignore[assignment]
    return net


PUBLISHED = {
    "plain script": Published(make_generator, make_discriminator, 32),
    "PyTorch-GAN's DCGAN": Published(pytorch_gan_generator, pytorch_gan_discriminator, 64),
    "PyTorch's DCGAN example": Published(dcgan_generator, dcgan_discriminator, 64),
    "tinygrad's MNIST GAN": Published(tinygrad_generator, tinygrad_discriminator, 512),
}


def seeded(published: Published, seed: int) -> tuple[nn.Module, nn.Module]:
    """Both nets, initialised from a seed, which goes on to seed the training."""
    torch.manual_seed(seed)
    return published.generator(), published.discriminator()
