"""How much arithmetic a step of a GAN cannot do without, and how much a machine can do."""

import time
from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

# Channels in and out, pixels a side, kernel, stride: the layers of our nets, and some that suit a processor better.
LAYERS = (
    *[(32, 64, 14, 3, 1), (64, 128, 14, 3, 1), (128, 128, 14, 3, 2), (32, 64, 14, 4, 2), (64, 128, 7, 3, 1)],
    *[(64, 64, 14, 3, 1), (64, 64, 28, 3, 1), (128, 128, 14, 3, 1), (128, 128, 28, 3, 1), (256, 256, 14, 3, 1)],
)
PATIENCE = 2.0  # seconds, with one layer
KINDS = {"float32": torch.float32, "bfloat16": torch.bfloat16}


def operations(generator: nn.Module, discriminator: nn.Module, z_dim: int) -> int:
    """Floating-point operations (two for each product) that one real image costs in one step, at least.

    The discriminator goes forward over a real and a fake image, and back to its weights and activations but not to
    those images; the generator forward once; the new discriminator forward over the fake image and back to it; the
    generator back to its weights and activations but not to the latent. Only convolutions and matrix products count.
    """
    made, seen = _products(generator, (1, z_dim)), _products(discriminator, (1, 1, 28, 28))
    of_discriminator = 2 * (3 * sum(seen) - seen[0])
    through_discriminator = 2 * sum(seen)
    of_generator = 3 * sum(made) - made[0]
    return 2 * (of_discriminator + through_discriminator + of_generator)


def _products(net: nn.Module, shape: tuple[int, ...]) -> list[int]:
    """The products that each layer takes to go forward, in the order of the layers."""
    found: list[int] = []

    def count(layer: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        weight = layer.weight
        assert isinstance(weight, Tensor)
        # Each weight meets each pixel of the smaller of the two maps once.
        pixels = 1 if isinstance(layer, nn.Linear) else min(inputs[0][0, 0].numel(), output[0, 0].numel())
        found.append(weight.numel() * pixels)

    layers = [m for m in net.modules() if isinstance(m, nn.Conv2d | nn.ConvTranspose2d | nn.Linear)]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    training = net.training
    with torch.inference_mode():
        net.eval()(torch.zeros(shape))
    net.train(training)
    for hook in hooks:
        hook.remove()
    return found


def peaks(threads: Iterable[int], batch: int = 128, rounds: int = 5) -> dict[str, dict[str, dict[str, float]]]:
    """Operations a second, by kind of number, number of threads and layer: the best of all rounds."""
    found: dict[str, dict[str, dict[str, float]]] = {kind: {} for kind in KINDS}
    for count in threads:
        torch.set_num_threads(count)
        for kind, numbers in KINDS.items():
            found[kind][str(count)] = {_told(*layer): _speed(layer, numbers, batch, rounds) for layer in LAYERS}
    return found


def best(of_layers: dict[str, float]) -> float:
    """The peak: what the best layer reaches."""
    return max(of_layers.values())


def _told(inputs: int, outputs: int, pixels: int, kernel: int, stride: int) -> str:
    return f"{inputs}→{outputs}, {kernel}×{kernel}, stride {stride}, at {pixels}×{pixels}"


def _speed(layer: tuple[int, int, int, int, int], numbers: torch.dtype, batch: int, rounds: int) -> float:
    inputs, outputs, pixels, kernel, stride = layer
    made = nn.Conv2d(inputs, outputs, kernel, stride, padding=1, dtype=numbers, bias=False)
    made = made.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    x = torch.randn(batch, inputs, pixels, pixels).to(numbers).contiguous(memory_format=torch.channels_last)
    with torch.inference_mode():
        output = made(x)
        seconds = shortest(lambda: made(x), rounds)
    return 2 * made.weight.numel() * batch * output[0, 0].numel() / seconds


def shortest(action: Callable[[], object], rounds: int) -> float:
    """The seconds of the quickest of some rounds; of three at least, then no more after `PATIENCE` seconds."""
    taken: list[float] = []
    while len(taken) < rounds and (len(taken) < 3 or sum(taken) < PATIENCE):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return min(taken)
