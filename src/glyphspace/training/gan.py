"""The adversarial step: one batch, one update of the discriminator, one of the generator."""

import copy
from collections.abc import Iterator

import torch
from jaxtyping import Float, Float32, Int64, UInt8
from torch import Tensor, nn

from ..core.randomness import stream
from ..data.batches import Batches
from ..data.scaling import to_bytes, to_unit
from ..nets.condition import condition_dim, told
from ..nets.dropout import reseed
from ..nets.model import Model
from .average import Follower
from .device import Compute
from .objectives import objectives
from .optimise import adam, set_rate
from .penalties import penalties
from .recipes import GanRecipe
from .schedules import schedules
from .state import Part, Splits, fresh

Images = Float[Tensor, "n c 28 28"]
Labels = Int64[Tensor, " n"]
Logits = Float[Tensor, " n"]


class GanTraining:
    """A generator and a discriminator in training; `advance` takes one step and `parts` is all that it depends on.

    A conditional generator draws the classes of the real batch, one for one.
    """

    columns = ("discriminator_loss", "generator_loss", "real_accuracy", "fake_accuracy")

    def __init__(self, recipe: GanRecipe, splits: Splits, seed: int, compute: Compute) -> None:
        self.recipe, self.splits, self.seed, self.compute = recipe, splits, seed, compute
        self.batches = Batches(splits.train, recipe.batch_size, seed)
        self.generator = compute.place(fresh("generator", recipe.generator, seed, **splits.numbers))
        self.discriminator = compute.place(fresh("discriminator", recipe.discriminator, seed, **splits.numbers))
        self.average = copy.deepcopy(self.generator).requires_grad_(False)
        self.follower = Follower(self.average, self.generator, recipe.average_half_life)
        self.generator_parameters = list(self.generator.parameters())
        betas = (recipe.beta1, recipe.beta2)
        self.generator_optimizer = adam(self.generator_parameters, recipe.generator_rate, betas, 0.0)
        self.discriminator_optimizer = adam(self.discriminator.parameters(), recipe.discriminator_rate, betas, 0.0)
        self.objective = objectives[recipe.objective]
        self.penalty = penalties[recipe.penalty]
        self.schedule = schedules[recipe.schedule]
        self.mixes_batch = any(isinstance(m, nn.modules.batchnorm._BatchNorm) for m in self.discriminator.modules())

    @property
    def parts(self) -> dict[str, Part]:
        return {
            "generator": self.generator,
            "discriminator": self.discriminator,
            "average": self.average,
            "generator_optimizer": self.generator_optimizer,
            "discriminator_optimizer": self.discriminator_optimizer,
        }

    def latents(self, count: int, *names: str | int) -> Float[Tensor, "n z"]:
        """Standard normal latents of the draw with these names."""
        z_dim = int(self.generator.z_dim)  # type: ignore[arg-type]
        return torch.randn(count, z_dim, generator=stream(self.seed, "latents", *names)).to(self.compute.device)

    def advance(self, step: int, done: float) -> Float32[Tensor, " columns"]:
        """Take step number `step`, when the share `done` of the run lies behind."""
        recipe = self.recipe
        for optimizer, rate in (
            (self.generator_optimizer, recipe.generator_rate),
            (self.discriminator_optimizer, recipe.discriminator_rate),
        ):
            set_rate(optimizer, rate * self.schedule(done))
        reseed(self.generator, self.seed, "generator", step)
        reseed(self.discriminator, self.seed, step)
        for net in (self.generator, self.discriminator):
            if not net.training:  # asked first, since telling every layer takes its time
                net.train()
        images, labels = self.batches.at(step)
        real, labels = self.compute.move(to_unit(images)), labels.to(self.compute.device)
        fake = self.draw(self.latents(len(real), step), labels)

        real_logits, fake_logits = self.judge_both(real, fake.detach(), labels)
        discriminator_loss = loss = self.objective.discriminator(real_logits, fake_logits)
        if recipe.penalty != "none" and step % recipe.penalty_every == 0:
            loss = loss + self._penalty(real, fake.detach(), labels)
        self.discriminator_optimizer.zero_grad()
        loss.backward()
        self.discriminator_optimizer.step()

        renewed = self.judge(fake, labels)
        generator_loss = self.objective.generator(real_logits.detach(), renewed)
        self.generator_optimizer.zero_grad()
        generator_loss.backward(inputs=self.generator_parameters)
        self.generator_optimizer.step()

        self.follower.follow((step + 1) * recipe.batch_size, recipe.batch_size)
        accuracies = (real_logits > 0).float().mean(), (fake_logits <= 0).float().mean()
        return torch.stack([discriminator_loss.detach(), generator_loss.detach(), *accuracies])

    def draw(self, latents: Float[Tensor, "n z"], labels: Labels) -> Images:
        """What the generator draws; `labels` are the classes that a conditional one is told."""
        with self.compute.autocast():
            return self.generator(latents, *told(self.generator, labels)).float()

    def judge(self, images: Images, labels: Labels) -> Logits:
        """The discriminator's logits; `labels` are the classes that a conditional one is told."""
        with self.compute.autocast():
            return self.discriminator(images, *told(self.discriminator, labels)).float()

    def judge_both(self, real: Images, fake: Images, labels: Labels) -> tuple[Logits, Logits]:
        """Logits of real and of fake images of these classes; in one pass, unless a batch norm would mix the two."""
        if self.mixes_batch:
            return self.judge(real, labels), self.judge(fake, labels)
        both = self.judge(torch.cat([real, fake]), torch.cat([labels, labels]))
        return both[: len(real)], both[len(real) :]

    def _penalty(self, real: Images, fake: Images, labels: Labels) -> Float[Tensor, ""]:
        recipe = self.recipe
        first = slice(recipe.penalty_images)
        told_of = labels[first]

        def judge(images: Images) -> Logits:  # in single precision: a second derivative needs it
            again = told_of.repeat(len(images) // len(told_of))  # for real images, and for fake ones after them
            return self.discriminator(images, *told(self.discriminator, again))

        penalty = self.penalty(judge, real[first], fake[first])
        return penalty * (recipe.penalty_weight / 2 * recipe.penalty_every)

    @torch.inference_mode()
    def frame(self) -> UInt8[Tensor, "n *stack 28 28"]:
        """What the averaged generator makes of the latents that stand for this run: 64, or rows of each class."""
        labels = torch.zeros(64, dtype=torch.int64)
        if condition_dim(self.average):
            labels = rows_of_classes(len(self.splits.train.classes))
        latents = self.latents(len(labels), "frame")
        return to_bytes(self.average.eval()(latents, *told(self.average, labels.to(latents.device))))

    @torch.inference_mode()
    def evaluate(self) -> dict[str, float]:
        """Losses and the discriminator's accuracy, without dropout, on as many real as generated images.

        At most 2,000 training and 2,000 test images, the same in every evaluation of a run.
        """
        self.generator.eval()
        self.discriminator.eval()
        found: dict[str, float] = {}
        for name, real in self.splits.samples(2000, self.seed):
            images, labels = self.compute.move(to_unit(real.images)), real.labels.to(self.compute.device)
            fake = self.draw(self.latents(len(images), "evaluation", name), labels)
            real_logits, fake_logits = self.judge_both(images, fake, labels)
            right = (real_logits > 0).float().mean() + (fake_logits <= 0).float().mean()
            found[f"{name}_accuracy"] = float(right) / 2
            found[f"{name}_discriminator_loss"] = float(self.objective.discriminator(real_logits, fake_logits))
            found[f"{name}_generator_loss"] = float(self.objective.generator(real_logits, fake_logits))
        return found

    def models(self) -> Iterator[Model]:
        """The averaged generator and the discriminator, ready to be kept."""
        for kind, net in (("generator", self.average), ("discriminator", self.discriminator)):
            yield self.splits.model(net, kind, getattr(self.recipe, kind))


def rows_of_classes(classes: int, columns: int = 8, most: int = 128) -> Labels:
    """The labels of a sheet of whole rows: a row of each class, or half a row, a quarter … where there are many.

    Where even one image of each would be too many, the classes are spread evenly over `most` images.
    """
    if classes > most:
        return torch.arange(most) * classes // most
    each = next((each for each in (columns, columns // 2, columns // 4) if each * classes <= most), 1)
    count = -(-classes * each // columns) * columns
    return torch.arange(count) // each % classes
