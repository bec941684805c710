"""Trainings side by side: ours, the plain script, and published ones, each taken step by step through one interface."""

from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import Tensor, nn

from glyphspace import load_dataset
from glyphspace.core.errors import BadInput
from glyphspace.data import to_unit
from glyphspace.data.images import LabelledImages
from glyphspace.latent.decode import decode
from glyphspace.nets.condition import condition_dim
from glyphspace.training.device import choose_compute
from glyphspace.training.gan import GanTraining
from glyphspace.training.recipes import find_recipe
from glyphspace.training.recipes.recipe import GanRecipe
from glyphspace.training.state import Splits
from glyphspace.verbs.evaluate import asked_for
from glyphspace.verbs.train import make_training

from . import plain_gan
from .arithmetic import operations
from .published_gans import PUBLISHED, seeded

SINGLE_IMAGES = "plain script, DataLoader"


class Contestant:
    """One training: `step` takes one, `draw` shows what has come of it.

    Attributes:
        batch_size: real images in a step.
        images: how many there are in an epoch.
        operations: what one of them costs at least; None where that is not counted.
    """

    name: str
    batch_size: int
    images: int
    operations: int | None

    def step(self, done: float) -> None:
        """Take a step, when the share `done` of the time has passed (for those whose rates follow a schedule)."""
        raise NotImplementedError

    def draw(self, count: int) -> Tensor:
        """Images uint8 [count, 28, 28] of fresh latents."""
        raise NotImplementedError


class Ours(Contestant):
    """A recipe of glyphspace, with all that it trains with, a classifier that rewards too.

    A conditional one is shown at classes as often as the images have them.
    """

    def __init__(self, recipe: GanRecipe, images: LabelledImages, seed: int) -> None:
        splits = Splits(images, images, images.name.removesuffix("/train"))
        training = make_training(recipe, splits, seed, choose_compute(precision=recipe.precision))
        assert isinstance(training, GanTraining)
        self.training = training
        self.name, self.batch_size, self.images, self.taken = recipe.name, recipe.batch_size, len(images), 0
        generator, discriminator = self.training.generator, self.training.discriminator
        conditional = condition_dim(generator) or condition_dim(discriminator)
        self.operations = None if conditional else operations(generator, discriminator, int(generator.z_dim))  # type: ignore[arg-type]

    def step(self, done: float) -> None:
        self.training.advance(self.taken, done)
        self.taken += 1

    def draw(self, count: int) -> Tensor:
        generator = next(self.training.models())
        _, conditions = asked_for(generator, self.training.splits.train, count)
        return decode(generator, self.training.latents(count, "benchmark"), conditions)


class Theirs(Contestant):
    """A generator and a discriminator that the steps of the plain script's loop train."""

    def __init__(
        self, name: str, generator: nn.Module, discriminator: nn.Module, steps: Iterator[None], batch: int, images: int
    ) -> None:
        self.name, self.batch_size, self.images = name, batch, images
        self.generator, self.discriminator, self.steps = generator, discriminator, steps
        self.operations = operations(generator, discriminator, int(generator.z_dim))  # type: ignore[arg-type]

    def step(self, done: float) -> None:
        next(self.steps)

    def draw(self, count: int) -> Tensor:
        with torch.random.fork_rng():  # what it goes on to draw does not depend on who looked
            made = torch.from_numpy(plain_gan.draw(self.generator, count))
        self.generator.train()
        return made


def enter(name: str, data: str, seed: int) -> Contestant:
    """The contestant of this name: a recipe of ours, a published GAN, or the plain script in one of its two forms.

    A number of images after a colon is the batch: `gan-reference:128`.
    """
    images = load_dataset(data, "train")
    word, _, number = name.partition(":")
    if word in (SINGLE_IMAGES, *PUBLISHED):
        published = PUBLISHED["plain script" if word == SINGLE_IMAGES else word]
        batch = int(number or published.batch_size)
        generator, discriminator = seeded(published, seed)
        if word == SINGLE_IMAGES:
            batches = plain_gan.loaded(images.images, batch)
        else:
            batches = plain_gan.in_memory(to_unit(images.images), batch)
        steps = plain_gan.learn(generator, discriminator, batches)
        return Theirs(name, generator, discriminator, steps, batch, len(images))
    recipe = find_recipe(word)
    if not isinstance(recipe, GanRecipe):
        raise BadInput(f"{word} trains no generator")
    return Ours(replace(recipe, name=name, batch_size=int(number or recipe.batch_size)), images, seed)
