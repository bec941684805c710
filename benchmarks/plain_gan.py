"""The baseline: the GAN script that people write, with the reference networks, in plain PyTorch.

Nothing here is tuned and nothing comes from glyphspace but the images, which lie in memory as one float tensor. Both
networks are those of "GAN and CNN to conquer MNIST"; the loop is that of PyTorch's own DCGAN example: the
discriminator learns from a batch of real and a batch of fake images, then the generator from the same fake ones. The
documents name no dropout rate; 0.5 is what fits their curves, here and in our `gan-reference`.

    python -m benchmarks.plain_gan --minutes 2 --seed 0 --out plain.npz
"""

import argparse
import time

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset

from glyphspace import load_dataset


def up(inputs, outputs, stride):
    convolution = nn.ConvTranspose2d(inputs, outputs, 3, stride, padding=1, output_padding=stride - 1)
    return [convolution, nn.BatchNorm2d(outputs), nn.LeakyReLU(0.2)]


def down(inputs, outputs, stride):
    return [nn.Conv2d(inputs, outputs, 3, stride, padding=1), nn.LeakyReLU(0.2), nn.Dropout(0.5)]


def make_generator():
    generator = nn.Sequential(
        *[nn.Linear(100, 64 * 7 * 7), nn.LeakyReLU(0.2), nn.Unflatten(1, (64, 7, 7))],
        *[*up(64, 64, 2), *up(64, 32, 1), *up(32, 16, 1)],
        *[nn.ConvTranspose2d(16, 1, 3, 2, padding=1, output_padding=1), nn.Tanh()],
    )
    generator.z_dim = 100
    return generator


def make_discriminator():
    return nn.Sequential(
        *[*down(1, 32, 2), *down(32, 64, 1), *down(64, 128, 1), *down(128, 128, 2)],
        *[nn.Flatten(), nn.Linear(128 * 7 * 7, 1), nn.Flatten(0)],
    )


def in_memory(images, batch_size=32):
    """Batches of images that lie in memory as floats, epoch after epoch."""
    while True:
        for batch in torch.randperm(len(images)).split(batch_size):
            if len(batch) == batch_size:
                yield images[batch]


class Digits(Dataset):
    """Single images out of bytes, as torchvision hands them out: a picture, then a tensor, then scaled."""

    def __init__(self, images):
        self.images = images

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        picture = Image.fromarray(self.images[index].numpy())
        tensor = torch.from_numpy(np.array(picture)).unsqueeze(0).float() / 255
        return (tensor - 0.5) / 0.5


def loaded(images, batch_size=32):
    """Batches that a DataLoader puts together from single images, epoch after epoch."""
    loader = DataLoader(Digits(images), batch_size, shuffle=True, drop_last=True)
    while True:
        yield from loader


def learn(generator, discriminator, batches, rate=2e-4, betas=(0.5, 0.999)):
    """Train both for ever, one step at a time: what comes out after each step is nothing."""
    generator_optimizer = torch.optim.Adam(generator.parameters(), lr=rate, betas=betas)
    discriminator_optimizer = torch.optim.Adam(discriminator.parameters(), lr=rate, betas=betas)
    criterion = nn.BCEWithLogitsLoss()
    for real in batches:
        ones, zeros = torch.ones(len(real)), torch.zeros(len(real))
        fake = generator(torch.randn(len(real), generator.z_dim))

        discriminator_optimizer.zero_grad()
        loss = criterion(discriminator(real), ones) + criterion(discriminator(fake.detach()), zeros)
        loss.backward()
        discriminator_optimizer.step()

        generator_optimizer.zero_grad()
        criterion(discriminator(fake), ones).backward()
        generator_optimizer.step()
        yield


def train(images, seconds, epochs, batch_size=32):
    """Train until `seconds` or `epochs` are over; the generator, the steps taken and the seconds they took."""
    generator = make_generator()
    steps = learn(generator, make_discriminator(), in_memory(images, batch_size))
    most = epochs * (len(images) // batch_size)
    start = time.perf_counter()
    for step, _ in enumerate(steps, start=1):
        if step >= most or time.perf_counter() - start >= seconds:
            break
    return generator, step, time.perf_counter() - start


@torch.no_grad()
def draw(generator, count):
    """Images as uint8 [count, 28, 28]."""
    generator.eval()
    parts = [generator(torch.randn(min(500, count - first), generator.z_dim)) for first in range(0, count, 500)]
    return ((torch.cat(parts).squeeze(1) + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).numpy()


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plain_gan", description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="mnist", help="the dataset (default: mnist)")
    ends = parser.add_mutually_exclusive_group(required=True)
    ends.add_argument("--minutes", type=float, default=float("inf"), help="how long to train")
    ends.add_argument("--epochs", type=int, default=10**9, help="how many passes over the images to train")
    parser.add_argument("--seed", type=int, default=0, help="of everything random (default: 0)")
    parser.add_argument("--count", type=int, default=10_000, help="images to draw afterwards (default: 10000)")
    parser.add_argument("--out", required=True, metavar="FILE.npz", help="images, steps and seconds go here")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    images = load_dataset(arguments.data, "train").images.unsqueeze(1).float() / 127.5 - 1
    generator, steps, seconds = train(images, 60 * arguments.minutes, arguments.epochs)
    np.savez(arguments.out, images=draw(generator, arguments.count), steps=steps, seconds=seconds)
    print(f"plain: {steps:,} steps in {seconds:.0f} s, {32 * steps / seconds:,.0f} images/s")


if __name__ == "__main__":
    main()
