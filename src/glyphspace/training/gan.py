"""The adversarial step: one batch, one update of the discriminator, and in its turn one of the generator."""

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
from ..nets.registries import undecided
from .advantage import Advantage, find_advantage
from .augment import find_augmentation
from .auxiliary import namings, rewards
from .average import Follower
from .device import Compute
from .objectives import Loss, objectives
from .optimise import adam, set_rate
from .pairing import check, warnings
from .penalties import penalties
from .recipes import GanRecipe
from .referee import Referee, Said, in_full
from .schedules import schedules
from .sheet import rows_of_classes
from .state import Part, Splits, fresh
from .toning import toned

Images = Float[Tensor, "n c 28 28"]
Labels = Int64[Tensor, " n"]
Scalar = Float[Tensor, ""]


class GanTraining:
    """A generator and a discriminator in training; `advance` takes one step and `parts` is all that it depends on.

    A conditional generator draws the classes of the real batch, one for one. `warnings` are what is known to go wrong
    with the recipe.

    Args:
        classifier: of the generator's classes, for a recipe that rewards what it says.

    Raises:
        BadInput: the recipe names what there is not, or what makes no sense together.
    """

    columns = ("discriminator_loss", "generator_loss", "real_accuracy", "fake_accuracy", "advantage")

    def __init__(
        self, recipe: GanRecipe, splits: Splits, seed: int, compute: Compute, classifier: nn.Module | None = None
    ) -> None:
        self.recipe, self.splits, self.seed, self.compute = recipe, splits, seed, compute
        self.batches = Batches(splits.train.to(compute.device), recipe.batch_size, seed)
        self.generator = compute.place(fresh("generator", recipe.generator, seed, **splits.numbers))
        self.discriminator = compute.place(fresh("discriminator", recipe.discriminator, seed, **splits.numbers))
        self.classifier = None if classifier is None else compute.place(classifier)
        check(recipe, self.generator, self.discriminator, classifier, splits.numbers["channels"])
        self.warnings = tuple(warnings(recipe, self.discriminator, compute.precision))
        self.average = copy.deepcopy(self.generator).requires_grad_(False)
        self.follower = Follower(self.average, self.generator, recipe.average_half_life)
        self.generator_parameters = list(self.generator.parameters())
        betas = (recipe.beta1, recipe.beta2)
        self.generator_optimizer = adam(self.generator_parameters, recipe.generator_rate, betas, 0.0)
        self.discriminator_optimizer = adam(self.discriminator.parameters(), recipe.discriminator_rate, betas, 0.0)
        self.objective, self.discriminator_loss = objectives[recipe.objective], _smoothed(recipe)
        self.penalty, self.schedule = penalties[recipe.penalty], schedules[recipe.schedule]
        self.naming, self.reward = namings[recipe.auxiliary], rewards[recipe.reward]
        self.augment = find_augmentation(recipe.augmentation)
        self.advantage = Advantage(find_advantage(recipe.advantage), self.batches.steps_per_epoch)
        self.referee = Referee(self.discriminator, compute, self.naming is not None)
        self.undecided = undecided(self.discriminator)

    @property
    def parts(self) -> dict[str, Part]:
        return {
            "generator": self.generator,
            "discriminator": self.discriminator,
            "average": self.average,
            "generator_optimizer": self.generator_optimizer,
            "discriminator_optimizer": self.discriminator_optimizer,
            "advantage": self.advantage,
        }

    def latents(self, count: int, *names: str | int) -> Float[Tensor, "n z"]:
        """Standard normal latents of the draw with these names."""
        z_dim = int(self.generator.z_dim)  # type: ignore[arg-type]
        return self.compute.bring(torch.randn(count, z_dim, generator=stream(self.seed, "latents", *names)))

    def advance(self, step: int, done: float) -> Float32[Tensor, " columns"]:
        """Take step number `step`, when the share `done` of the run lies behind."""
        self._make_ready(step, done)
        images, labels = self.batches.at(step)
        real = self.compute.move(to_unit(images))
        generators_turn = self.advantage.turn(step)
        with torch.set_grad_enabled(generators_turn):
            drawn = self.draw(self.latents(len(real), step), labels)
            fake = self._shown(drawn, step, "fake")
        real = self._shown(real, step, "real")

        of_real, of_fake = self.referee.of_both(real, fake.detach(), labels)
        discriminator_loss = self._teach_discriminator(step, real, fake.detach(), labels, of_real, of_fake)
        if generators_turn:
            generator_loss = self._teach_generator(of_real, real, drawn, fake, labels)
        else:
            generator_loss = self.objective.generator(of_real.logits.detach(), of_fake.logits.detach())

        self.follower.follow((step + 1) * self.recipe.batch_size, self.recipe.batch_size)
        accuracies = self._accuracies(of_real, of_fake)
        advantage = discriminator_loss.new_full((), float(self.advantage.now))
        self.advantage.heed(step, accuracies.mean())
        return torch.stack([discriminator_loss.detach(), generator_loss.detach(), *accuracies, advantage])

    def _make_ready(self, step: int, done: float) -> None:
        """Set the learning rates and name this step's draws."""
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

    def _shown(self, images: Images, step: int, side: str) -> Images:
        """What the discriminator is shown of images: changed at random, real and fake ones alike."""
        if self.recipe.augmentation == "none":
            return images
        return self.compute.move(self.augment(images, stream(self.seed, "augmentation", side, step)))

    def _teach_discriminator(
        self, step: int, real: Images, fake: Images, labels: Labels, of_real: Said, of_fake: Said
    ) -> Scalar:
        """An update by the objective and whatever the recipe adds to it; returns the objective alone."""
        recipe = self.recipe
        objective = loss = self.discriminator_loss(of_real.logits, of_fake.logits)
        if self.naming is not None and of_real.of_real is not None and of_fake.of_fake is not None:
            loss = loss + recipe.auxiliary_weight * self.naming.discriminator(of_real.of_real, of_fake.of_fake, labels)
        if recipe.penalty != "none" and step % recipe.penalty_every == 0:
            loss = loss + self._penalty(step, real, fake, labels)
        self.discriminator_optimizer.zero_grad()
        loss.backward()
        self.discriminator_optimizer.step()
        if recipe.clip:
            with torch.no_grad():
                for parameter in self.discriminator.parameters():
                    parameter.clamp_(-recipe.clip, recipe.clip)
        return objective

    def _penalty(self, step: int, real: Images, fake: Images, labels: Labels) -> Scalar:
        recipe = self.recipe
        first = slice(recipe.penalty_images)
        judge = in_full(self.discriminator, real[first], labels[first])
        penalty = self.penalty(judge, real[first], fake[first], stream(self.seed, "penalty", step))
        return penalty * (recipe.penalty_weight * recipe.penalty_every)

    def _teach_generator(self, of_real: Said, real: Images, drawn: Images, fake: Images, labels: Labels) -> Scalar:
        """An update by the objective and whatever the recipe adds to it; returns the objective alone.

        Args:
            drawn: by the generator: what a classifier that rewards reads.
            fake: what the discriminator is shown of them.
        """
        renewed = self.referee.of_fake(fake, real, labels)
        objective = loss = self.objective.generator(of_real.logits.detach(), renewed.logits)
        if self.naming is not None and renewed.of_real is not None:
            loss = loss + self.recipe.auxiliary_weight * self.naming.generator(renewed.of_real, labels)
        if self.reward is not None and self.classifier is not None:
            with self.compute.autocast():
                read = self.classifier(drawn).float()
            loss = loss - self.recipe.reward_weight * self.reward.score(renewed.logits, read, labels).mean()
        self.generator_optimizer.zero_grad()
        loss.backward(inputs=self.generator_parameters)
        self.generator_optimizer.step()
        return objective

    def _accuracies(self, of_real: Said, of_fake: Said) -> Float[Tensor, "2"]:
        """The shares of real images that are taken for real, and of fake ones that are not."""
        real, fake = of_real.logits > self.undecided, of_fake.logits <= self.undecided
        return torch.stack([real.float().mean(), fake.float().mean()])

    def draw(self, latents: Float[Tensor, "n z"], labels: Labels) -> Images:
        """What the generator draws; `labels` are the classes that a conditional one is told."""
        with self.compute.autocast():
            return self.generator(latents, *told(self.generator, labels)).float()

    @torch.inference_mode()
    def frame(self) -> UInt8[Tensor, "n *stack 28 28"]:
        """What the averaged generator makes of the latents that stand for this run: 64, or rows of each class."""
        labels = torch.zeros(64, dtype=torch.int64)
        if condition_dim(self.average):
            labels = rows_of_classes(len(self.splits.train.classes))
        latents = self.latents(len(labels), "frame")
        return to_bytes(self.average.eval()(latents, *told(self.average, labels.to(latents.device)))).cpu()

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
            of_real, of_fake = self.referee.of_both(images, fake, labels)
            found[f"{name}_accuracy"] = float(self._accuracies(of_real, of_fake).mean())
            for player in ("discriminator", "generator"):
                loss = getattr(self.objective, player)(of_real.logits, of_fake.logits)
                found[f"{name}_{player}_loss"] = float(loss)
        return found

    def models(self) -> Iterator[Model]:
        """The averaged generator with its tones, if it has any, and the discriminator, ready to be kept."""
        generator = toned(self.average, self.splits, self.seed)
        for kind, net in (("generator", generator), ("discriminator", self.discriminator)):
            yield self.splits.model(net, kind, getattr(self.recipe, kind))


def _smoothed(recipe: GanRecipe) -> Loss:
    """The discriminator's loss with the recipe's smoothing of labels."""
    objective, share = objectives[recipe.objective], recipe.label_smoothing
    smoothed = objective.smoothed
    return (lambda real, fake: smoothed(real, fake, share)) if smoothed and share else objective.discriminator
