"""The baseline: the GAN script that people write, with the reference networks, in plain PyTorch.

Nothing here is tuned and nothing comes from glyphspace but the images, which lie in memory as one float tensor. Both
networks are those of "GAN and CNN to conquer MNIST"; the loop is that of PyTorch's own DCGAN example: the
discriminator learns from a batch of real and a batch of fake images, then the generator from the same fake ones. The
documents name no dropout rate; 0.3 is what people write (our `gan-reference` takes the 0.5 that fits their curves).

    python -m benchmarks.plain_gan --minutes 2 --seed 0 --out plain.npz
"""

import argparse
import time

import numpy as np
import torch
from torch import nn

from glyphspace import load_dataset


def up(inputs, outputs, stride):
    convolution = nn.ConvTranspose2d(inputs, outputs, 3, stride, padding=1, output_padding=stride - 1)
    return [convolution, nn.BatchNorm2d(outputs), nn.LeakyReLU(0.2)]


def down(inputs, outputs, stride):
    return [nn.Conv2d(inputs, outputs, 3, stride, padding=1), nn.LeakyReLU(0.2), nn.Dropout(0.3)]


def make_generator():
    return nn.Sequential(
        *[nn.Linear(100, 64 * 7 * 7), nn.LeakyReLU(0.2), nn.Unflatten(1, (64, 7, 7))],
        *[*up(64, 64, 2), *up(64, 32, 1), *up(32, 16, 1)],
        *[nn.ConvTranspose2d(16, 1, 3, 2, padding=1, output_padding=1), nn.Tanh()],
    )


def make_discriminator():
    return nn.Sequential(
        *[*down(1, 32, 2), *down(32, 64, 1), *down(64, 128, 1), *down(128, 128, 2)],
        *[nn.Flatten(), nn.Linear(128 * 7 * 7, 1), nn.Flatten(0)],
    )


def train(images, seconds, epochs, batch_size=32):
    """Train until `seconds` or `epochs` are over; the generator, the steps taken and the seconds they took."""
    generator, discriminator = make_generator(), make_discriminator()
    generator_optimizer = torch.optim.Adam(generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
    discriminator_optimizer = torch.optim.Adam(discriminator.parameters(), lr=2e-4, betas=(0.5, 0.999))
    criterion = nn.BCEWithLogitsLoss()
    ones, zeros = torch.ones(batch_size), torch.zeros(batch_size)
    step, epoch, start = 0, 0, time.perf_counter()
    while epoch < epochs:
        for batch in torch.randperm(len(images)).split(batch_size):
            if len(batch) < batch_size:
                break
            real = images[batch]
            fake = generator(torch.randn(batch_size, 100))

            discriminator_optimizer.zero_grad()
            loss = criterion(discriminator(real), ones) + criterion(discriminator(fake.detach()), zeros)
            loss.backward()
            discriminator_optimizer.step()

            generator_optimizer.zero_grad()
            criterion(discriminator(fake), ones).backward()
            generator_optimizer.step()

            step += 1
            if time.perf_counter() - start >= seconds:
                return generator, step, time.perf_counter() - start
        epoch += 1
    return generator, step, time.perf_counter() - start


@torch.no_grad()
def draw(generator, count):
    """Images as uint8 [count, 28, 28]."""
    generator.eval()
    parts = [generator(torch.randn(min(500, count - first), 100)) for first in range(0, count, 500)]
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
