"""Training an encoder for a generator: half on what it draws, whose latents are known, and half on real images."""

from dataclasses import dataclass

import torch
from jaxtyping import Float32
from torch import Tensor

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..core.randomness import derive_seed, stream
from ..data.images import LabelledImages
from ..data.scaling import to_unit
from ..nets.model import Model
from ..nets.registries import build
from ..nets.use import channels_last, evaluating, frozen
from ..training.device import choose_compute
from ..training.schedules import one_cycle
from .decode import check_grey, condition_dim, conditions_of, z_dim
from .prior import normal
from .shell import held

HALF = 64  # generated images of a batch, and as many real ones
RATE = 3e-3
KNOWN = 0.02  # how much a known latent counts beside the pixels: one image may have several latents


@dataclass(frozen=True)
class Lesson:
    """How an encoder is trained."""

    steps: int = 1500
    width: int = 32
    seed: int = 0


def fit_encoder(
    generator: Model, images: LabelledImages, lesson: Lesson = Lesson(), progress: Progress = silent
) -> Model:
    """An encoder of `generator`, fitted so that what is drawn at its answers looks like the images.

    Args:
        images: real ones, grey, of classes that a conditional generator draws; never the test images.

    Raises:
        BadInput: no steps, stacked images, or a class that the generator does not draw.
    """
    if lesson.steps < 1:
        raise BadInput(f"an encoder is not trained in {lesson.steps} steps; give 1 or more")
    check_grey(generator)
    if images.channels != 1:
        raise BadInput(
            f"an encoder learns from images of single characters, and those of {images.name} are stacked of "
            f"{images.channels} each"
        )
    if condition_dim(generator):
        conditions_of(generator, images.labels.unique(), images.classes)  # or a strange one would be met on the way
    numbers = {"z_dim": z_dim(generator), "width": lesson.width}
    if condition_dim(generator):
        numbers["condition_dim"] = condition_dim(generator)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(derive_seed(lesson.seed, "encoder", "weights"))
        net = channels_last(build("encoder", "convolutional", numbers))
    drawer, compute = channels_last(generator.net), choose_compute()
    adam = torch.optim.AdamW(net.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=1e-2)
    net.train()
    with evaluating(drawer), frozen(drawer):
        for step in range(lesson.steps):
            adam.param_groups[0]["lr"] = RATE * one_cycle(step / lesson.steps)
            with compute.autocast():
                loss = _loss(net, generator, images, lesson.seed, step)
            adam.zero_grad()
            loss.backward()
            adam.step()
            progress(step + 1, lesson.steps, f"loss {loss.item():.4f}")
    net.eval().requires_grad_(False)
    training = {"steps": lesson.steps, "seed": lesson.seed, "images": images.name}
    return Model(net, "encoder", "convolutional", numbers, generator.dataset, generator.classes, training=training)


def _loss(net: torch.nn.Module, generator: Model, images: LabelledImages, seed: int, step: int) -> Tensor:
    latents = normal(HALF, z_dim(generator), seed, "encoder", "latents", step)
    rows = torch.randint(len(images), (2 * HALF,), generator=stream(seed, "encoder", "rows", step))
    told = _told(generator, images, rows)
    with torch.no_grad():
        drawn = generator.net(latents, *(each[:HALF] for each in told))
    target = torch.cat([drawn.float(), to_unit(images.images[rows[HALF:]])])
    answer = net(target.contiguous(memory_format=torch.channels_last), *told).float()
    again = generator.net(held(answer), *told).float()
    pixels = (again - target).square().mean() / 4  # of pixels from 0 to 1
    return pixels + KNOWN * (answer[:HALF] - latents).square().mean()


def _told(generator: Model, images: LabelledImages, rows: Tensor) -> tuple[Float32[Tensor, "n e"], ...]:
    """The conditions of the images at `rows`: the generated half is asked for classes as often as they come."""
    return (conditions_of(generator, images.labels[rows], images.classes),) if condition_dim(generator) else ()
